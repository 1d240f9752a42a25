using System.Collections.Generic;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;

namespace Laminar.Sql;

/// <summary>What came of one query.</summary>
/// <param name="Name">The name it was compiled under.</param>
/// <param name="Plan">The checked plan; null exactly when <paramref name="Diagnostics"/> has an error.</param>
/// <param name="Diagnostics">Findings of parser, binder and streaming analysis, in the order of their places; spans are in the query's text.</param>
/// <param name="Reads">The relations of FROM that were found, each once.</param>
public sealed record CompiledQuery(string Name, QueryPlan? Plan, IReadOnlyList<SqlDiagnostic> Diagnostics, IReadOnlyList<Relation> Reads);
