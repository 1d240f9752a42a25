using Laminar.Sql.Binding;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Corpus.Tests.DuckDb;

/// <summary>Prints an aggregate as DuckDB SQL over rows with the event time <c>t</c> and the arrival number <c>rn</c>.</summary>
internal static class AggregateTranslator
{
    public static string Print(BoundAggregate aggregate) => $"CAST({Call(aggregate)} AS {DuckDbTypes.Of(aggregate.Type)})";

    private static string Call(BoundAggregate aggregate)
    {
        string[] arguments = [.. aggregate.Arguments.Select(ExpressionTranslator.Print)];
        string distinct = aggregate.Distinct ? "DISTINCT " : string.Empty;
        string given = aggregate.Filter is null ? string.Empty : ExpressionTranslator.Print(aggregate.Filter);
        string filter = Where(given);

        // Rows that don't count for a NULL: other aggregates skip those by themselves.
        string counted = Where([.. arguments.Take(aggregate.Counted).Select(a => $"{a} IS NOT NULL"), given]);

        // Distinct values can only be in their own order; sums of the tests' DOUBLEs are the same in any.
        string arrival = aggregate.Distinct ? string.Empty : " ORDER BY rn";
        string argument = distinct + string.Join(", ", arguments);
        string name = aggregate.Function.Name;
        string Of(string function) => $"{function}({argument}){filter}";
        switch (name)
        {
            case "COUNT" when arguments.Length == 0:
                return $"count(*){filter}";
            case "COUNT" when arguments.Length > 1:
                return $"count(DISTINCT ({string.Join(", ", arguments)})){counted}";
            case "SUM":
                return $"sum({argument}{arrival}){filter}";
            case "AVG" when aggregate.Type.Kind == SqlTypeKind.Decimal:
                string exact = $"sum({distinct}CAST({arguments[0]} AS DECIMAL(38,{aggregate.Argument!.Type.Scale}))){filter}";
                return $"round({exact}::DOUBLE / nullif({Of("count")}, 0), {aggregate.Type.Scale})";
            case "AVG":
                return $"avg({argument}{arrival}){filter}";
            case "FIRST_VALUE" or "ANY_VALUE" or "ARG_MIN" or "ARG_MAX":
                return $"first({arguments[0]} ORDER BY {Order(aggregate)}t, rn){counted}";
            case "LAST_VALUE" when aggregate.OrderBy.Count == 0:
                return $"first({arguments[0]} ORDER BY t DESC, rn DESC){counted}";
            case "LAST_VALUE":
                return $"last({arguments[0]} ORDER BY {Order(aggregate)}t, rn){counted}";

            case "MEDIAN" or "PERCENTILE_CONT":
                string percentile = $"quantile_cont({distinct}CAST({arguments[0]} AS DOUBLE), {aggregate.Constant}){filter}";
                return aggregate.Type.Kind == SqlTypeKind.Decimal ? $"round({percentile}, {aggregate.Type.Scale})" : percentile;
            case "PERCENTILE_DISC":
                decimal fraction = (decimal)aggregate.Constant!;
                return fraction > 1
                    ? $"percentile_disc({fraction - 2}) WITHIN GROUP (ORDER BY {arguments[0]} DESC){filter}"
                    : $"quantile_disc({argument}, {fraction}){filter}";

            // A constant under ORDER BY is taken for the ordinal of a quantile.
            case "MODE" when !aggregate.Argument!.DescendantsAndSelf().OfType<BoundColumn>().Any():
                throw new NotInDuckDbException("MODE of a constant");

            // The first of those that are equally frequent, in the order given.
            case "MODE":
                string typed = $"CAST({arguments[0]} AS {DuckDbTypes.Of(aggregate.Type)})";
                return $"mode({distinct}{typed} ORDER BY {typed}{(aggregate.Constant is 1m ? " DESC" : string.Empty)}){filter}";

            // The bucket of the exact value; few values are counted exactly.
            case "APPROX_PERCENTILE":
                string value = $"list_sort(list({argument}){counted})[CAST(floor((count({argument}){counted} - 1) * {aggregate.Constant}) AS BIGINT) + 1]";
                const string bucket = "ceil(ln(abs(v)) / ln(1.01::DOUBLE / 0.99))";
                return $"list_transform([{value}], v -> CASE WHEN isnan(v) OR v = 0 THEN v ELSE sign(v) * 2 * pow(1.01::DOUBLE / 0.99, {bucket}) / (1.01::DOUBLE / 0.99 + 1) END)[1]";
            case "APPROX_COUNT_DISTINCT":
                return $"count(DISTINCT {argument}){filter}";
            case "STRING_AGG":
                string order = aggregate.Distinct ? $"{arguments[0]}{(aggregate.OrderBy[0].Descending ? " DESC" : string.Empty)}" : $"{Order(aggregate)}t, rn";
                return $"string_agg({argument}, {DuckDbTypes.Literal(aggregate.Constant, SqlType.Varchar)} ORDER BY {order}){filter}";
            case "ARRAY_AGG" when aggregate.Distinct:
                return $"list({argument} ORDER BY {Order(aggregate)[..^2]}){counted}";
            case "ARRAY_AGG":
                return $"list({argument} ORDER BY {Order(aggregate)}t, rn){counted}";
            case "TOPK":
                return $"list_slice(list_sort(list({argument}){counted}, 'DESC'), 1, {aggregate.Constant})";

            // The last of each key, in the order in which keys first stood.
            case "MAP_AGG":
                string entries = $"list({{'k': {arguments[0]}, 'v': {arguments[1]}}} ORDER BY {Order(aggregate)}t, rn){counted}";
                return $"list_transform([{entries}], e -> map_from_entries(list_transform(list_distinct(list_transform(e, x -> x.k)), d -> list_filter(e, x -> x.k = d)[-1])))[1]";

            // NaN or an error there, NULL in PostgreSQL and here.
            case "CORR":
                return $"CASE WHEN {Of("regr_sxx")} = 0 OR {Of("regr_syy")} = 0 THEN NULL ELSE {Of("corr")} END";
            case "REGR_SLOPE" or "REGR_INTERCEPT" or "REGR_R2":
                return $"CASE WHEN {Of("regr_sxx")} = 0 THEN NULL ELSE {Of(name)} END";
            case "COUNT" or "MIN" or "MAX" or "BOOL_AND" or "BOOL_OR" or "BIT_AND" or "BIT_OR" or "BIT_XOR" or "VAR_POP" or "VAR_SAMP" or "STDDEV_POP" or "STDDEV_SAMP"
                or "COVAR_POP" or "COVAR_SAMP" or "REGR_COUNT" or "REGR_AVGX" or "REGR_AVGY" or "REGR_SXX" or "REGR_SYY" or "REGR_SXY":
                return Of(name);
            default:
                throw new NotInDuckDbException(name);
        }
    }

    private static string Order(BoundAggregate aggregate) => string.Concat(
        aggregate.OrderBy.Select(o => $"{ExpressionTranslator.Print(o.Key)} {(o.Descending ? "DESC" : "ASC")} NULLS {(o.NullsFirst ? "FIRST" : "LAST")}, "));

    private static string Where(params string[] conditions)
    {
        string[] given = [.. conditions.Where(c => c.Length > 0)];
        return given.Length == 0 ? string.Empty : $" FILTER (WHERE {string.Join(" AND ", given)})";
    }
}
