using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Laminar.Generators.Emit.Expressions;

/// <summary>Constants of a query that are made once, as static readonly fields.</summary>
/// <param name="className">The query class: no field may be called like it.</param>
internal sealed class ConstantPool(string className)
{
    private readonly List<(string Type, string Code, string Name)> _constants = new();

    /// <summary>The field that holds the value of an expression.</summary>
    public string Add(string type, string code)
    {
        foreach ((string Type, string Code, string Name) known in _constants)
        {
            if (known.Type == type && known.Code == code)
            {
                return known.Name;
            }
        }

        string name = "Constant" + (_constants.Count + 1).ToString(CultureInfo.InvariantCulture);
        name = name == className ? name + "Value" : name;
        _constants.Add((type, code, name));
        return name;
    }

    /// <summary>Writes the fields.</summary>
    public void Write(CodeWriter writer)
    {
        foreach ((string type, string code, string name) in _constants)
        {
            writer.Line($"private static readonly {type} {name} = {code};");
        }

        if (_constants.Any())
        {
            writer.Line();
        }
    }
}
