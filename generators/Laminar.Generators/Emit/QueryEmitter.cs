using System;

namespace Laminar.Generators.Emit;

/// <summary>Writes the code of one query.</summary>
public static class QueryEmitter
{
    /// <summary>The whole file: the query class with its row, operators, stages and entry points.</summary>
    public static string Emit(QueryEmitRequest request) => throw new InvalidOperationException(request.ClassName);
}
