using System;
using System.Collections.Generic;
using Laminar.Sql.Catalog;

namespace Laminar.Sql;

/// <summary>Reads a watermark declaration: <c>ts</c> or <c>ts - INTERVAL '5' SECOND</c>.</summary>
public static class WatermarkCompiler
{
    /// <param name="expression">The text of the expression.</param>
    /// <param name="columns">The source's columns.</param>
    public static CompiledWatermark Compile(string expression, IReadOnlyList<RelationColumn> columns) => throw new InvalidOperationException();
}
