using System.Collections.Generic;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;

namespace Laminar.Sql;

/// <summary>What came of a watermark expression.</summary>
/// <param name="Declaration">Column and delay; null exactly when <paramref name="Diagnostics"/> has an error.</param>
/// <param name="Diagnostics">Findings; spans are in the expression's text.</param>
public sealed record CompiledWatermark(WatermarkDeclaration? Declaration, IReadOnlyList<SqlDiagnostic> Diagnostics);
