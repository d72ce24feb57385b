"""Pure: tables in, tables out, as Ibis expressions. Knows no file, no clock, no engine."""
