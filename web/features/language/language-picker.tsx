import { SelectAtOnce } from '#design/select-at-once.tsx';
import { chosenLanguage, languages } from './chosen-language.ts';
import { chooseLanguage } from './language.actions.ts';
import { languageName } from './language-name.ts';

/** What goods are described in; nothing where there is no choice. */
export async function LanguagePicker() {
  const [all, chosen] = await Promise.all([languages(), chosenLanguage()]);
  if (all.length < 2) return null;
  return (
    <form action={chooseLanguage} className="flex items-center gap-3">
      <SelectAtOnce
        label="Goods in"
        name="language"
        chosen={chosen ?? all[0]!}
        options={all.map((locale) => ({ value: locale, text: languageName(locale), lang: locale }))}
      />
    </form>
  );
}
