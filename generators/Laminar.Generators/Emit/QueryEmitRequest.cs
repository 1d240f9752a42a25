using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Model;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit;

/// <summary>Everything that the emitter of one query needs besides the plan. Type names are written as they stand in source.</summary>
/// <param name="Namespace">Empty for the global namespace.</param>
/// <param name="ContainingTypes">Outer types, outermost first, as headers: <c>public static partial class CarPipeline</c>.</param>
/// <param name="ClassHeader">The query class's own header: <c>public sealed partial class Vwap</c>.</param>
/// <param name="ClassName">Its simple name.</param>
/// <param name="QueryName">The SQL name by which other queries read it.</param>
/// <param name="Sql">The text as written.</param>
/// <param name="Plan">The checked plan.</param>
/// <param name="StateFingerprint">Identifies the state layout.</param>
public sealed record QueryEmitRequest(
    string Namespace,
    IReadOnlyList<string> ContainingTypes,
    string ClassHeader,
    string ClassName,
    string QueryName,
    string Sql,
    QueryPlan Plan,
    string StateFingerprint)
{
    /// <summary>The row type: <c>Row</c> nested in the query class, unless a pipeline or [StreamQuery&lt;T&gt;] brings another.</summary>
    public string RowName { get; init; } = "Row";

    /// <summary>
    /// How to refer to the row type from inside the class: <c>Row</c>, or a fully qualified user type. When <see cref="RowIsForeign"/>, the row
    /// type is declared elsewhere (see <see cref="ForeignRow"/>) and not emitted here. Members of an emitted row are named by <see cref="Laminar.Sql.Catalog.OutputNames"/>.
    /// </summary>
    public bool RowIsForeign { get; init; }

    /// <summary>
    /// The row type of a query that maps onto a user's own type, with one member per output column in the plan's order; construct it with
    /// <see cref="RowEmitter.Construct"/>. Null when the row type is emitted here.
    /// </summary>
    public RowModel? ForeignRow { get; init; }

    /// <summary>True to declare the row type beside the query class (in the pipeline class) rather than nested in it.</summary>
    public bool RowBesideClass { get; init; }

    /// <summary>
    /// Base source row types (fully qualified) that <c>Push</c> takes; one in a single-input query. When the plan reads another query,
    /// its class is <c>Plan.Input.QueryClrType</c> and its row type <c>Plan.Input.ClrType</c>.
    /// </summary>
    public IReadOnlyList<string> BaseSources { get; init; } = System.Array.Empty<string>();

    /// <summary>The row types of the sources of this project that it reads: they hold the accessors that loops read rows with.</summary>
    public IReadOnlyList<string> OwnSources { get; init; } = System.Array.Empty<string>();

    /// <summary>Of a query inside another: the class of that, as it can be named from everywhere; empty of a query by itself.</summary>
    public string Outermost { get; init; } = "";

    /// <summary>What the outermost query says about its own errors.</summary>
    public OwnErrors? Errors { get; init; } = Plan.Errors;

    /// <summary>True when the source that the query reads is of this project.</summary>
    public bool SharesInput => OwnSources.Contains(Plan.Input.ClrType);

    /// <summary>The part of a query that one inside it stands for.</summary>
    /// <param name="inner">One of <see cref="QueryPlan.AllInner"/>.</param>
    /// <param name="row">The row of the first part of the same UNION ALL; null for that itself.</param>
    public QueryEmitRequest Of(InnerQuery inner, RowModel? row) => this with
    {
        ContainingTypes = ContainingTypes.Append(ClassHeader).ToArray(),
        ClassHeader = $"internal static class {inner.Name}",
        ClassName = inner.Name,
        Plan = inner.Plan,
        StateFingerprint = Laminar.Sql.Plan.StateFingerprint.Of(inner.Plan),
        RowName = row?.TypeName ?? "Row",
        RowIsForeign = row is not null,
        ForeignRow = row,
        RowBesideClass = false,
        Outermost = Qualified(Identifiers.Escape(ClassName)),
    };

    /// <summary>A type beside the query class, or that class itself, as it can be named from everywhere.</summary>
    public string Qualified(string simpleName)
    {
        IEnumerable<string> outer = ContainingTypes.Select(header => header.Substring(header.LastIndexOf(' ') + 1));
        return "global::" + string.Concat(outer.Prepend(Namespace).Where(name => name.Length > 0).Select(name => name + ".")) + simpleName;
    }
}
