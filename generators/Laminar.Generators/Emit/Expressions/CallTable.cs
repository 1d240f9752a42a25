using System.Collections.Generic;

namespace Laminar.Generators.Emit.Expressions;

/// <summary>The functions in C# that a query calls, numbered from 1: an operator notes the number around a call, so that a row that fails in it says in which.</summary>
internal sealed class CallTable
{
    private readonly List<string> _names = new();

    /// <summary>By number, from 1.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The number of a function, the same for each of its calls.</summary>
    public int Number(string name)
    {
        int known = _names.IndexOf(name);
        if (known < 0)
        {
            known = _names.Count;
            _names.Add(name);
        }

        return known + 1;
    }
}
