using System.Globalization;
using System.Text.RegularExpressions;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Corpus.Tests.Corpus;

/// <summary>Reads the plain CREATE SOURCE statements of the corpus without the compiler under test.</summary>
internal static partial class SourceText
{
    private static readonly Dictionary<string, SqlType> Types = new(StringComparer.Ordinal)
    {
        ["BOOLEAN"] = SqlType.Boolean, ["TINYINT"] = SqlType.TinyInt, ["SMALLINT"] = SqlType.SmallInt, ["INT"] = SqlType.Int, ["BIGINT"] = SqlType.BigInt,
        ["TINYINT UNSIGNED"] = SqlType.UTinyInt, ["SMALLINT UNSIGNED"] = SqlType.USmallInt, ["INT UNSIGNED"] = SqlType.UInt,
        ["BIGINT UNSIGNED"] = SqlType.UBigInt, ["REAL"] = SqlType.Real, ["DOUBLE"] = SqlType.Double, ["VARCHAR"] = SqlType.Varchar, ["BYTES"] = SqlType.Bytes, ["JSON"] = SqlType.Json,
        ["UUID"] = SqlType.Uuid, ["DATE"] = SqlType.Date, ["TIME"] = SqlType.Time, ["TIMESTAMP"] = SqlType.Timestamp, ["TIMESTAMPTZ"] = SqlType.TimestampTz,
    };

    /// <remarks>What columns are computed from only the compiler can say.</remarks>
    public static IReadOnlyList<Relation> Read(string script, string containingType) => Computed().IsMatch(script) && SqlCompiler.CompileScript(script, new DictionaryCatalog([]), containingType) is var compiled
        ? [.. compiled.Sources.Select(s => s.Relation), .. compiled.Tables.Select(t => t.Relation)]
        : [.. Statement().Matches(script).Select(m => Source(m.Groups["name"].Value, m.Groups["body"].Value, containingType) with { IsUpdating = m.Groups["changes"].Success })];

    private static Relation Source(string name, string body, string containingType)
    {
        var columns = new List<RelationColumn>();
        WatermarkDeclaration? watermark = null;
        foreach (string part in Parts(body))
        {
            Match mark = Watermark().Match(part);
            if (mark.Success)
            {
                int index = columns.FindIndex(c => c.Name == mark.Groups["column"].Value);
                decimal seconds = mark.Groups["delay"].Success ? decimal.Parse(mark.Groups["delay"].Value, CultureInfo.InvariantCulture) : 0;
                bool isTicks = columns[index].Type.IsTimestamp;
                watermark = new WatermarkDeclaration(index, (long)(seconds * (isTicks ? TimeSpan.TicksPerSecond : 1000)));
                columns[index] = columns[index] with { EventTimeLag = 0 };
                continue;
            }

            bool notNull = part.EndsWith(" NOT NULL", StringComparison.Ordinal);
            string[] words = (notNull ? part[..^9] : part).Split(' ', 2);
            columns.Add(new RelationColumn(words[0], SqlName.ToPascalCase(words[0]), Type(words[1]), !notNull));
        }

        string clr = $"{containingType}.{SqlName.ToPascalCase(name)}";
        return new Relation(name, RelationKind.Source, clr, columns) { Watermark = watermark, BaseSources = [clr] };
    }

    [GeneratedRegex(@"^CREATE (SOURCE .* AS .*, WATERMARK FOR|TABLE|LOOKUP)", RegexOptions.Multiline)]
    private static partial Regex Computed();

    private static SqlType Type(string text)
    {
        Match exact = Exact().Match(text);
        Match nested = Nested().Match(text);
        if (nested.Success)
        {
            string[] inside = [.. Parts(nested.Groups[2].Value)];
            return nested.Groups[1].Value switch
            {
                "ARRAY" => SqlType.Array(Type(inside[0])),
                "MAP" => SqlType.Map(Type(inside[0]), Type(inside[1])),
                _ => SqlType.Row(inside.Select(f => f.Split(' ', 2)).Select(f => new SqlField(f[0], Type(f[1]), true))),
            };
        }

        return exact.Success
            ? SqlType.Decimal(int.Parse(exact.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(exact.Groups[2].Value, CultureInfo.InvariantCulture))
            : Types[text];
    }

    /// <summary>What stands between commas that are inside nothing.</summary>
    private static IEnumerable<string> Parts(string text)
    {
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                yield return text[start..i].Trim();
                start = i + 1;
                continue;
            }

            depth += text[i] is '(' or '<' ? 1 : text[i] is ')' or '>' ? -1 : 0;
        }
    }

    [GeneratedRegex(@"CREATE SOURCE (?<name>\w+) \((?<body>.*?)\)(?<changes> WITH \(changelog = 'true'\))?;")]
    private static partial Regex Statement();

    [GeneratedRegex(@"^WATERMARK FOR (?<column>\w+) AS \w+( - INTERVAL '(?<delay>[\d.]+)' SECOND)?$")]
    private static partial Regex Watermark();

    [GeneratedRegex(@"^(ARRAY|MAP|ROW)[<(](.*)[>)]$")]
    private static partial Regex Nested();

    [GeneratedRegex(@"^DECIMAL\((\d+), ?(\d+)\)$")]
    private static partial Regex Exact();
}
