using System.Collections.Generic;
using System.Globalization;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;

namespace Laminar.Sql.Scripts;

/// <summary>Sources, streams and sinks share one space of names.</summary>
internal sealed class ScriptNames
{
    private readonly Dictionary<string, string> _what = new();
    private readonly ICatalog _outer;
    private readonly DiagnosticBag _diagnostics;

    public ScriptNames(ICatalog outer, DiagnosticBag diagnostics)
    {
        _outer = outer;
        _diagnostics = diagnostics;
    }

    /// <summary>False when the name is taken; that is an error unless the statement says IF NOT EXISTS.</summary>
    public bool Declare(Identifier name, string what, bool ifNotExists)
    {
        string key = SqlName.Fold(name.Text);
        string? taken = _what.TryGetValue(key, out string? kind) ? kind : _outer.Find(name.Text) is { } relation ? (relation.Kind switch { RelationKind.Source => "a source", RelationKind.Table => "a table", _ => "a query" }) : null;
        if (taken is null)
        {
            _what.Add(key, what);
            return true;
        }

        if (!ifNotExists)
        {
            _diagnostics.Report(SqlRules.DuplicateName, name.Span, name.Text, taken);
        }

        return false;
    }

    /// <summary><paramref name="name"/> with a number behind it that no relation has; it is taken from then on.</summary>
    public string Free(string name, int number)
    {
        string candidate;
        do
        {
            candidate = name + "_" + number++.ToString(CultureInfo.InvariantCulture);
        }
        while (_what.ContainsKey(SqlName.Fold(candidate)) || _outer.Find(candidate) is not null);
        _what.Add(SqlName.Fold(candidate), "a query");
        return candidate;
    }

    public bool IsSink(string name) => _what.TryGetValue(SqlName.Fold(name), out string? kind) && kind == "a sink";
}
