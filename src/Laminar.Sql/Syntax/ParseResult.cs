using System.Collections.Generic;
using Laminar.Sql.Diagnostics;

namespace Laminar.Sql.Syntax;

/// <summary>A tree that always exists, and what was wrong with the text.</summary>
public sealed record ParseResult<T>(T Root, IReadOnlyList<SqlDiagnostic> Diagnostics)
    where T : SyntaxNode;
