/** What things are made of, and how light lies across it. */
export type Finish = 'matte' | 'glazed' | 'metal';

/** What things are made of where the shopper did not choose the color. */
export const MATERIAL = {
  wood: '#b98a58',
  darkWood: '#7a5236',
  brass: '#c9a14a',
  steel: '#b4bac3',
  iron: '#3a3d47',
  leather: '#96603a',
  cream: '#f1e7d4',
  clay: '#c98f6b',
  straw: '#d3b277',
  leaf: '#5c8a54',
  paper: '#f7f2e8',
  ink: '#2d3042',
  earth: '#5a4335',
} as const;

/** How much light falls on a turned surface, from its left edge (0) to its right (1). */
export const ACROSS: Record<Finish, readonly (readonly [number, number])[]> = {
  matte: [
    [0, -0.02],
    [0.2, 0.2],
    [0.32, 0.2],
    [0.55, -0.04],
    [0.78, -0.28],
    [0.93, -0.42],
    [1, -0.36],
  ],
  glazed: [
    [0, -0.06],
    [0.2, 0.16],
    [0.34, 0.18],
    [0.55, -0.06],
    [0.78, -0.32],
    [0.92, -0.46],
    [1, -0.3],
  ],
  metal: [
    [0, -0.4],
    [0.1, -0.05],
    [0.24, 0.72],
    [0.34, 0.3],
    [0.5, -0.12],
    [0.68, -0.5],
    [0.82, -0.3],
    [0.92, 0.1],
    [1, -0.4],
  ],
};
