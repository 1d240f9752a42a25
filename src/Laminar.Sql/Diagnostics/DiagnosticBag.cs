using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Text;

namespace Laminar.Sql.Diagnostics;

/// <summary>Collects findings in the order they are made; a parser or binder reports here and goes on.</summary>
public sealed class DiagnosticBag : IReadOnlyList<SqlDiagnostic>
{
    /// <summary>Most findings kept for one text; the rest would only bury the first ones.</summary>
    public const int Limit = 100;

    private readonly List<SqlDiagnostic> _items = new();

    public int Count => _items.Count;

    public bool HasErrors => _items.Any(d => d.IsError);

    public SqlDiagnostic this[int index] => _items[index];

    public void Report(SqlRule rule, TextSpan span, params string[] arguments) => Add(new SqlDiagnostic(rule, span, arguments));

    public void Add(SqlDiagnostic diagnostic)
    {
        if (_items.Count < Limit)
        {
            _items.Add(diagnostic);
        }
    }

    public IEnumerator<SqlDiagnostic> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
