using System.Globalization;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Corpus.Tests.Random;

/// <summary>Random expressions over some columns, as SQL. Values stay small, so that nothing overflows and DOUBLE sums are exact in any order.</summary>
/// <param name="columns">What can be named.</param>
/// <param name="random">The seed's stream.</param>
/// <param name="ordered">False when rows of one time come in no certain order, so that FIRST_VALUE and LAST_VALUE mean nothing.</param>
/// <param name="risky">True to divide by whatever comes: some rows fail.</param>
internal sealed class RandomExpressions(IReadOnlyList<RelationColumn> columns, System.Random random, bool risky, bool ordered = true)
{
    public string Any(int depth) => random.Next(8) switch
    {
        6 => Real(depth),
        7 => Time(depth),
        0 => Text(depth),
        1 => Boolean(depth),
        2 => Double(depth),
        3 => Exact(depth),
        _ => Integer(depth),
    };

    /// <summary>Anything, and now and then an array, a map or a row.</summary>
    public string Value(int depth) => random.Next(6) == 0 && columns.Any(c => c.Type.IsNested) ? Nested(depth) : Any(depth);

    /// <summary>A column that can be compared, counted and grouped by.</summary>
    public string Column() => columns.Where(c => !c.Type.IsNested).ElementAt(random.Next(columns.Count(c => !c.Type.IsNested))).Name;

    /// <summary>A column that can be grouped by: nested ones too.</summary>
    public string Key(bool isGroup) => isGroup ? columns[random.Next(columns.Count)].Name : Column();

    /// <summary>An array, a map or a row.</summary>
    private string Nested(int depth)
    {
        RelationColumn[] nested = [.. columns.Where(c => c.Type.IsNested)];
        string column = nested[random.Next(nested.Length)].Name;
        return depth <= 0 ? column : random.Next(6) switch
        {
            0 => Array(depth),
            1 => $"ROW({Integer(0)}, {Text(0)})",
            2 => $"CASE WHEN {Boolean(depth - 1)} THEN {column} END",
            _ => column,
        };
    }

    private string SameNested()
    {
        string column = Nested(0);
        return $"({column} IS {OneOf("", "NOT ")}DISTINCT FROM CASE WHEN {Boolean(0)} THEN {column} END)";
    }

    /// <summary>An array of INT.</summary>
    private string Array(int depth)
    {
        string column = Pick(c => c.Kind == SqlTypeKind.Array && c.Fields[0].Type.Kind == SqlTypeKind.Int, name => name, () => $"ARRAY[{Whole(-1, 4)}, {Whole(0, 3)}]");
        return depth <= 0 ? column : random.Next(6) switch
        {
            0 => $"ARRAY_APPEND({Array(depth - 1)}, {Whole(0, 4)})",
            1 => $"ARRAY_SORT({Array(depth - 1)})",
            2 => $"ARRAY_SLICE({Array(depth - 1)}, 1, {random.Next(1, 3)})",
            3 => $"ARRAY_CONCAT({Array(depth - 1)}, {Array(0)})",
            4 => $"ARRAY_DISTINCT({Array(depth - 1)})",
            _ => column,
        };
    }

    /// <summary>A number out of something nested.</summary>
    private string Inside(int depth)
    {
        string map = Pick(c => c.Kind == SqlTypeKind.Map && c.Fields[0].Type.Kind == SqlTypeKind.Varchar && c.Fields[1].Type.Kind == SqlTypeKind.Int, name => name, () => "MAP['a', 1, 'b', NULL]");
        return "CAST(" + random.Next(8) switch
        {
            0 => $"CARDINALITY({Array(depth - 1)})",
            1 => $"{Array(0)}[{random.Next(1, 4)}]",
            2 => $"{map}[{(random.Next(2) == 0 ? "'a'" : Text(0))}]",
            3 => $"CARDINALITY(MAP_KEYS({map}))",
            4 => $"ARRAY_MAX({Array(depth - 1)})",
            5 => $"ARRAY_POSITION({Array(depth - 1)}, {Whole(0, 4)})",
            6 => $"(ROW({Integer(0)}, {Text(0)})).f1",
            _ => Pick(c => c.Kind == SqlTypeKind.Row && c.Fields[0].Name == "p", name => name + ".p", () => "1"),
        } + " AS BIGINT)";
    }

    public string Integer(int depth)
    {
        if (depth <= 0 || random.Next(4) == 0)
        {
            return Pick(c => c.IsInteger && c.Kind != SqlTypeKind.UBigInt, name => $"CAST({name} AS BIGINT)", () => Whole(-9, 10));
        }

        return random.Next(20) switch
        {
            9 => $"({Integer(depth - 1)} {new[] { "&", "|", "#" }[random.Next(3)]} {Integer(depth - 1)})",
            10 => $"(~{Integer(depth - 1)})",
            11 => $"({Integer(depth - 1)} >> {random.Next(5)})",
            12 => $"GCD({Integer(depth - 1)}, {Integer(0)})",
            13 => $"ABS({Integer(depth - 1)})",
            14 => $"{(random.Next(2) == 0 ? "GREATEST" : "LEAST")}({Integer(depth - 1)}, {Integer(0)})",
            15 => $"CAST({Count(depth)} AS BIGINT)",
            16 => $"DECODE({Integer(depth - 1)}, {Whole(-2, 3)}, {Integer(0)}, {Integer(0)})",
            17 => $"SAFE_DIVIDE({Integer(depth - 1)}, {Integer(0)})",
            18 => Field(depth),
            19 => Inside(depth),
            0 => $"({Integer(depth - 1)} + {Integer(depth - 1)})",
            1 => $"({Integer(depth - 1)} - {Integer(depth - 1)})",
            2 => $"({Integer(depth - 1)} * {Integer(0)})",
            3 => $"({Integer(depth - 1)} / {Divisor()})",
            4 => $"({Integer(depth - 1)} % {Divisor()})",
            5 => $"CASE WHEN {Boolean(depth - 1)} THEN {Integer(depth - 1)} ELSE {Integer(depth - 1)} END",
            6 => $"COALESCE({Integer(depth - 1)}, {Integer(0)})",
            7 => $"NULLIF({Integer(depth - 1)}, {Whole(0, 4)})",
            _ => $"CASE WHEN {Boolean(depth - 1)} THEN {Integer(depth - 1)} END",
        };
    }

    public string Double(int depth)
    {
        if (depth <= 0 || random.Next(4) == 0)
        {
            return Pick(c => c.IsFloat, name => $"CAST({name} AS DOUBLE)", () => $"{random.Next(-9, 10)}.5e0");
        }

        return random.Next(5) switch
        {
            0 => $"({Double(depth - 1)} + {Double(depth - 1)})",
            1 => $"({Double(depth - 1)} - {Double(depth - 1)})",
            2 => $"({Double(depth - 1)} * {random.Next(1, 4)})",
            3 => $"CASE WHEN {Boolean(depth - 1)} THEN {Double(depth - 1)} ELSE {Double(depth - 1)} END",
            _ => $"COALESCE({Double(depth - 1)}, {Double(0)})",
        };
    }

    public string Exact(int depth)
    {
        string number = Pick(c => c.Kind == SqlTypeKind.Decimal, name => name, () => $"{random.Next(-9, 10)}.25");
        return depth <= 0 || random.Next(2) == 0
            ? number
            : random.Next(4) switch
            {
                0 => $"({number} + {random.Next(1, 20)}.5)",
                1 => $"({number} * 1.5)",
                2 => $"COALESCE({number}, 0.75)",
                _ => $"({number} - {Pick(c => c.Kind == SqlTypeKind.Decimal, name => name, () => "1.125")})",
            };
    }

    public string Text(int depth)
    {
        if (depth <= 0 || random.Next(3) == 0)
        {
            return Pick(c => c.Kind == SqlTypeKind.Varchar, name => name, Literal);
        }

        return random.Next(20) switch
        {
            6 => $"REPLACE({Text(depth - 1)}, 'a', {Literal()})",
            7 => $"{(random.Next(2) == 0 ? "LEFT" : "RIGHT")}({Text(depth - 1)}, {Whole(-2, 4)})",
            8 => $"REVERSE({Text(depth - 1)})",
            9 => $"{(random.Next(2) == 0 ? "LPAD" : "RPAD")}({Text(depth - 1)}, {random.Next(6)}, 'xy')",
            10 => $"REPEAT({Text(0)}, {random.Next(3)})",
            11 => $"TRANSLATE({Text(depth - 1)}, 'aë😀', 'zy')",
            12 => $"SPLIT_PART({Text(depth - 1)}, 'a', {random.Next(1, 3)})",
            13 => $"REGEXP_REPLACE({Text(depth - 1)}, '{new[] { "a|b", "[^a-z]", "(.)o", "^" }[random.Next(4)]}', '<\\0>', '{(random.Next(2) == 0 ? "g" : "gi")}')",
            14 => $"MD5({Text(depth - 1)})",
            15 => $"TRIM({Text(depth - 1)})",
            16 => $"CONCAT({Text(depth - 1)}, {Integer(0)})",
            17 => $"NULLIF({Text(depth - 1)}, {Literal()})",
            18 => $"URL_ENCODE({Text(depth - 1)})",
            19 => random.Next(2) == 0
                ? $"ARRAY_JOIN({Array(depth - 1)}, ',')"
                : Pick(c => c.Kind == SqlTypeKind.Row && c.Fields.Count > 1 && c.Fields[1].Name == "q", name => name + ".q", Literal),
            0 => $"({Text(depth - 1)} || {Text(depth - 1)})",
            1 => $"UPPER({Text(depth - 1)})",
            2 => $"LOWER({Text(depth - 1)})",
            3 => $"CASE WHEN {Boolean(depth - 1)} THEN {Text(depth - 1)} ELSE {Text(depth - 1)} END",
            4 => $"COALESCE({Text(depth - 1)}, {Literal()})",
            _ => $"SUBSTRING({Text(depth - 1)}, 1, {random.Next(1, 4)})",
        };
    }

    /// <summary>Numbers that aren't exact: for what is only looked at, not summed up.</summary>
    public string Real(int depth) => random.Next(7) switch
    {
        0 => $"CBRT({Double(depth - 1)})",
        1 => $"SQRT(ABS({Double(depth - 1)}))",
        2 => $"ATAN2({Double(depth - 1)}, {Double(0)})",
        3 => $"SIN({Double(depth - 1)})",
        4 => $"DEGREES({Double(depth - 1)})",
        5 => $"TANH({Double(depth - 1)})",
        _ => $"LN(ABS({Double(0)}) + 1)",
    };

    /// <summary>A timestamp.</summary>
    public string Time(int depth)
    {
        string time = columns.FirstOrDefault(c => c.Type.Kind == SqlTypeKind.Timestamp)?.Name ?? "TIMESTAMP '2024-02-29 23:59:58'";
        return depth <= 0 ? time : random.Next(4) switch
        {
            0 => $"DATE_TRUNC('{new[] { "second", "minute", "hour", "day", "week", "month", "quarter", "year" }[random.Next(8)]}', {Time(depth - 1)})",
            1 => $"DATE_BIN(INTERVAL '{random.Next(1, 50)}' SECOND, {Time(depth - 1)}, TIMESTAMP '2000-01-01 00:00:01')",
            2 => $"TIMESTAMPADD({new[] { "SECOND", "DAY", "MONTH" }[random.Next(3)]}, {Whole(-5, 6)}, {Time(depth - 1)})",
            _ => $"COALESCE({Time(depth - 1)}, {Time(0)})",
        };
    }

    public string Boolean(int depth)
    {
        if (depth <= 0 && random.Next(2) == 0)
        {
            return Pick(c => c.Kind == SqlTypeKind.Boolean, name => name, () => $"{Column()} IS NOT NULL");
        }

        return random.Next(17) switch
        {
            14 => $"ARRAY_CONTAINS({Array(depth - 1)}, {Whole(0, 4)})",
            15 when columns.Any(c => c.Type.IsNested) => SameNested(),
            16 => $"({Array(depth - 1)} {Comparison()} {Array(0)})",
            10 => $"REGEXP_LIKE({Text(depth - 1)}, '{new[] { "a", "^.?$", "[[:alpha:]]+", "b|o" }[random.Next(4)]}')",
            11 => $"{new[] { "STARTS_WITH", "ENDS_WITH", "CONTAINS" }[random.Next(3)]}({Text(depth - 1)}, {Literal()})",
            12 => $"{new[] { "IS_NAN", "IS_INF", "IS_FINITE" }[random.Next(3)]}({Double(depth - 1)})",
            13 => $"({Time(depth - 1)} {Comparison()} {Time(0)})",
            0 when depth > 0 => $"({Boolean(depth - 1)} AND {Boolean(depth - 1)})",
            1 when depth > 0 => $"({Boolean(depth - 1)} OR {Boolean(depth - 1)})",
            2 when depth > 0 => $"(NOT {Boolean(depth - 1)})",
            3 => $"({Column()} IS {(random.Next(2) == 0 ? "NOT " : string.Empty)}NULL)",
            4 => $"({Integer(depth - 1)} IN ({Whole(-3, 9)}, {Whole(-3, 9)}))",
            5 => $"({Integer(depth - 1)} BETWEEN {Whole(-5, 3)} AND {Whole(0, 9)})",
            6 => $"({Text(depth - 1)} {Comparison()} {Text(0)})",
            7 => $"({Double(depth - 1)} {Comparison()} {Double(0)})",
            8 => $"({Integer(depth - 1)} IS {(random.Next(2) == 0 ? "NOT " : string.Empty)}DISTINCT FROM {Integer(0)})",
            _ => $"({Integer(depth - 1)} {Comparison()} {Integer(0)})",
        };
    }

    /// <summary>An aggregate call, with a FILTER now and then.</summary>
    public string Aggregate()
    {
        string call = random.Next(ordered ? 44 : 29) switch
        {
            0 => "COUNT(*)",
            1 => $"COUNT({Any(1)})",
            2 => $"COUNT(DISTINCT {(random.Next(2) == 0 ? Column() : Any(1))})",
            3 => $"SUM({Integer(2)})",
            4 => $"SUM({Double(1)})",
            5 => $"AVG({Integer(1)})",
            6 => $"SUM({Exact(1)})",
            7 => $"{OneOf("MIN", "MAX")}({Any(1)})",
            8 => $"{OneOf("MIN", "MAX")}({Column()})",
            9 => $"COUNT(DISTINCT {Any(1)}, {Column()}{(random.Next(3) == 0 ? ", " + Any(1) : string.Empty)})",
            10 => $"{OneOf("SUM", "AVG")}(DISTINCT {(random.Next(3) == 0 ? Exact(1) : Integer(1))})",
            11 => $"{OneOf("SUM", "AVG", "VAR_POP", "STDDEV_SAMP")}(DISTINCT {Finite()})",
            12 => $"{OneOf("BOOL_AND", "BOOL_OR", "EVERY")}({Boolean(1)})",
            13 => $"{OneOf("BIT_AND", "BIT_OR", "BIT_XOR")}({Distinct()}{Integer(1)})",
            14 => $"BIT_XOR({Pick(c => c.IsInteger && c.Kind != SqlTypeKind.UBigInt, name => name, () => "1")})",
            15 or 16 => $"{OneOf("VAR_POP", "VAR_SAMP", "VARIANCE", "STDDEV_POP", "STDDEV_SAMP", "STDDEV")}({Number()})",
            17 or 18 => $"{OneOf("COVAR_POP", "COVAR_SAMP", "CORR", "REGR_SLOPE", "REGR_INTERCEPT", "REGR_R2", "REGR_AVGX", "REGR_AVGY", "REGR_SXX", "REGR_SYY", "REGR_SXY", "REGR_COUNT")}({Distinct()}{Number()}, {Number()})",
            19 => $"COUNT_IF({Boolean(1)})",
            20 => $"MEDIAN({Distinct()}{Number()})",
            21 => $"PERCENTILE_CONT(0.{random.Next(10)}{random.Next(10)}) WITHIN GROUP (ORDER BY {Number()}{OneOf("", " DESC")})",
            22 or 23 => $"PERCENTILE_DISC(0.{random.Next(10)}5) WITHIN GROUP (ORDER BY {(random.Next(3) == 0 ? Number() : Pick(c => !c.IsNested && c.Kind is not (SqlTypeKind.Varchar or SqlTypeKind.Double or SqlTypeKind.Real), name => name, () => "1"))}{OneOf("", " DESC")})",
            24 => $"MODE({Distinct()}{Any(1)})",
            25 => $"MODE() WITHIN GROUP (ORDER BY {(random.Next(2) == 0 ? Column() : Any(1))}{OneOf("", " DESC")})",
            26 => $"APPROX_COUNT_DISTINCT({(random.Next(2) == 0 ? Column() : Any(1))})",
            27 => $"APPROX_PERCENTILE({Integer(1)}, 0.{random.Next(10)})",
            28 => random.Next(2) == 0 ? $"{OneOf("MIN", "MAX")}({Array(1)})" : $"COUNT(DISTINCT {Array(1)})",
            36 or 37 => $"ARRAY_AGG({Value(1)}{OneOf("", $" ORDER BY {Key()}")})",
            38 => $"ARRAY_AGG(DISTINCT {Column()})",
            39 => $"ARRAY_AGG({Value(1)}) IGNORE NULLS",
            40 => $"MAP_AGG(COALESCE({Integer(1)}, 0), {Value(1)}{OneOf("", $" ORDER BY {Key()}")})",
            41 => $"TOPK({OneOf(Integer(1), Text(1), Double(0))}, {random.Next(1, 4)})",
            42 => $"{OneOf("FIRST", "LAST")}_VALUE({Value(1)})",
            43 => $"COUNT(DISTINCT {Value(1)})",
            29 => $"STRING_AGG({Distinct()}{Text(1)}, {OneOf("','", "''", "' | '")})",
            30 => $"STRING_AGG({Text(1)}, '-' ORDER BY {Key()}{(random.Next(2) == 0 ? ", " + Key() : string.Empty)})",
            31 => $"{OneOf("FIRST", "LAST")}_VALUE({Any(1)})",
            32 => $"{OneOf("FIRST", "LAST")}_VALUE({Column()})",
            33 => $"{OneOf("FIRST", "LAST")}_VALUE(({Any(1)}) IGNORE NULLS)",
            34 => $"ANY_VALUE({Any(1)})",
            35 when random.Next(2) == 0 => $"{OneOf("ARG_MIN", "ARG_MAX")}({Any(1)}, {Any(1)})",
            _ => $"{OneOf("FIRST", "LAST")}_VALUE({Any(1)} ORDER BY {Key()}{(random.Next(2) == 0 ? ", " + Key() : string.Empty)})",
        };
        return random.Next(4) == 0 ? $"{call} FILTER (WHERE {Boolean(1)})" : call;
    }

    private string OneOf(params string[] names) => names[random.Next(names.Length)];

    private string Distinct() => random.Next(4) == 0 ? "DISTINCT " : string.Empty;

    /// <summary>What isn't NaN: DuckDB fails where a variance isn't finite.</summary>
    private string Finite() => $"CASE WHEN {Double(0)} < 1000 THEN {random.Next(1, 5)}.5e0 ELSE {Pick(c => c.IsInteger && c.Kind != SqlTypeKind.UBigInt, name => $"CAST({name} AS DOUBLE)", () => "2e0")} END";

    private string Number() => random.Next(4) switch { 0 => Finite(), 1 => Exact(0), _ => Integer(1) };

    private string Key() => Any(1) + OneOf("", " ASC", " DESC") + OneOf("", "", " NULLS FIRST", " NULLS LAST");

    public string Comparison() => new[] { "=", "<>", "<", "<=", ">", ">=" }[random.Next(6)];

    private string Count(int depth) => random.Next(5) switch
    {
        0 => $"LENGTH({Text(depth - 1)})",
        1 => $"STRPOS({Text(depth - 1)}, {Literal()})",
        2 => $"ASCII({Text(0)})",
        3 => $"OCTET_LENGTH({Text(depth - 1)})",
        _ => $"SIGN({Integer(depth - 1)})",
    };

    private string Field(int depth) => random.Next(3) == 0
        ? $"DATE_DIFF('{new[] { "day", "week", "month", "quarter", "year" }[random.Next(5)]}', {Time(depth - 1)}, {Time(0)})"
        : $"EXTRACT({new[] { "YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "DOW", "ISODOW", "DOY", "HOUR", "MINUTE", "SECOND", "DECADE", "CENTURY", "ISOYEAR" }[random.Next(14)]} FROM {Time(depth - 1)})";

    private string Divisor() => risky && random.Next(2) == 0
        ? Integer(0)
        : new[] { "2", "3", "7", "-4" }[random.Next(4)];

    private string Whole(int from, int to)
    {
        int value = random.Next(from, to);
        return value < 0 ? $"({value.ToString(CultureInfo.InvariantCulture)})" : value.ToString(CultureInfo.InvariantCulture);
    }

    private string Literal() => new[] { "'a'", "''", "'Zoë'", "'x''y'" }[random.Next(4)];

    private string Pick(Func<SqlType, bool> wanted, Func<string, string> use, Func<string> otherwise)
    {
        // Event time in milliseconds is a large number: sums and products of it would overflow.
        RelationColumn[] fitting = [.. columns.Where(c => wanted(c.Type) && c.EventTimeLag is null)];
        return fitting.Length == 0 || random.Next(5) == 0 ? otherwise() : use(fitting[random.Next(fitting.Length)].Name);
    }
}
