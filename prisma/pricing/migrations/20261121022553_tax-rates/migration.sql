-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "tax_rate" (
    "country" CHAR(2) NOT NULL,
    "title" TEXT NOT NULL,
    "rate" INTEGER NOT NULL,
    "valid_from" DATE NOT NULL,

    CONSTRAINT "tax_rate_pkey" PRIMARY KEY ("country","valid_from")
);

ALTER TABLE "tax_rate" ADD CONSTRAINT "tax_rate_rate_check" CHECK ("rate" BETWEEN 0 AND 10000);

-- Standard VAT rates of the member states in force in 2026: European Commission, Taxes in Europe Database (TEDB),
-- and "VAT rules and rates" of Your Europe. The last changes before: Slovakia 23 % (January 2025), Estonia 24 % (July
-- 2025), Romania 21 % (August 2025).
INSERT INTO "tax_rate" ("country", "title", "rate", "valid_from") VALUES
    ('AT', 'VAT', 2000, '1984-01-01'),
    ('BE', 'VAT', 2100, '1996-01-01'),
    ('BG', 'VAT', 2000, '1999-01-01'),
    ('CY', 'VAT', 1900, '2014-01-13'),
    ('CZ', 'VAT', 2100, '2013-01-01'),
    ('DE', 'VAT', 1900, '2021-01-01'),
    ('DK', 'VAT', 2500, '1992-01-01'),
    ('EE', 'VAT', 2400, '2025-07-01'),
    ('ES', 'VAT', 2100, '2012-09-01'),
    ('FI', 'VAT', 2550, '2024-09-01'),
    ('FR', 'VAT', 2000, '2014-01-01'),
    ('GR', 'VAT', 2400, '2016-06-01'),
    ('HR', 'VAT', 2500, '2012-03-01'),
    ('HU', 'VAT', 2700, '2012-01-01'),
    ('IE', 'VAT', 2300, '2021-03-01'),
    ('IT', 'VAT', 2200, '2013-10-01'),
    ('LT', 'VAT', 2100, '2009-09-01'),
    ('LU', 'VAT', 1700, '2024-01-01'),
    ('LV', 'VAT', 2100, '2012-07-01'),
    ('MT', 'VAT', 1800, '2004-01-01'),
    ('NL', 'VAT', 2100, '2012-10-01'),
    ('PL', 'VAT', 2300, '2011-01-01'),
    ('PT', 'VAT', 2300, '2011-01-01'),
    ('RO', 'VAT', 2100, '2025-08-01'),
    ('SE', 'VAT', 2500, '1990-07-01'),
    ('SI', 'VAT', 2200, '2013-07-01'),
    ('SK', 'VAT', 2300, '2025-01-01');
