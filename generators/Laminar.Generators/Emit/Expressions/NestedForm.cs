using System.Globalization;
using System.Linq;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Expressions;

/// <summary>Nested values between members of rows and the objects that expressions hold: arrays, dictionaries, tuples, records.</summary>
internal static class NestedForm
{
    /// <summary>From a member that isn't NULL.</summary>
    /// <param name="type">ARRAY, MAP or ROW.</param>
    /// <param name="code">May be evaluated several times.</param>
    /// <param name="depth">Of lambdas around.</param>
    public static string FromMember(SqlType type, string code, int depth = 0)
    {
        string item = "item" + depth.ToString(CultureInfo.InvariantCulture);
        return type.Kind switch
        {
            SqlTypeKind.Array => $"Laminar::NestedRows.Items({code}, static {item} => {Box(type.Fields[0], item, depth + 1)})",
            SqlTypeKind.Map => $"Laminar::NestedRows.Map({code}, static {item} => {Box(type.Fields[0], item, depth + 1)}, static {item} => {Box(type.Fields[1], item, depth + 1)})",
            _ => $"new object?[] {{ {string.Join(", ", type.Fields.Select((f, i) => Box(f, $"{code}.{Member(type, i)}", depth)))} }}",
        };
    }

    /// <summary>To a member, from a value that isn't NULL.</summary>
    /// <inheritdoc cref="FromMember"/>
    public static string ToMember(SqlType type, string code, int depth = 0)
    {
        string item = "item" + depth.ToString(CultureInfo.InvariantCulture);
        switch (type.Kind)
        {
            case SqlTypeKind.Array:
                return $"Laminar::NestedRows.Array<{ClrTypes.Of(type.Fields[0].Type, type.Fields[0].Nullable)}>({code}, static {item} => {Unbox(type.Fields[0], item, depth + 1)})";
            case SqlTypeKind.Map:
                string types = string.Join(", ", type.Fields.Select(f => ClrTypes.Of(f.Type, f.Nullable)));
                return $"Laminar::NestedRows.Dictionary<{types}>({code}, static {item} => {Unbox(type.Fields[0], item, depth + 1)}, static {item} => {Unbox(type.Fields[1], item, depth + 1)})";
        }

        string[] values = type.Fields.Select((f, i) => Unbox(f, $"{code}[{i.ToString(CultureInfo.InvariantCulture)}]", depth)).ToArray();
        if (type.Clr is not { } shape)
        {
            return values.Length == 1 ? $"new {ClrTypes.Of(type, false)}({values[0]})" : $"({string.Join(", ", values)})";
        }

        string arguments = string.Join(", ", values.Select((v, i) => (Value: v, shape.Fields[i].Parameter)).Where(v => v.Parameter.Length > 0).Select(v => $"{Identifiers.Escape(v.Parameter)}: {v.Value}"));
        string set = string.Join(", ", values.Select((v, i) => (Value: v, Field: shape.Fields[i])).Where(v => v.Field.Parameter.Length == 0).Select(v => $"{Identifiers.Escape(v.Field.Member)} = {v.Value}"));
        return $"new {shape.TypeName}({arguments})" + (set.Length > 0 ? $" {{ {set} }}" : "");
    }

    /// <summary>From an object, maybe null, to a member.</summary>
    public static string Unbox(SqlField field, string code, int depth = 0)
    {
        string local = ClrForm.Of(field.Type);
        if (!field.Nullable)
        {
            return ClrForm.ToMember(field.Type, $"(({local}){code}!)", depth: depth);
        }

        string value = "value" + depth.ToString(CultureInfo.InvariantCulture) + Hash(code);
        return $"({code} is {local.Replace("?", "")} {value} ? ({ClrTypes.Of(field.Type, true)}){ClrForm.ToMember(field.Type, value, depth: depth)} : null)";
    }

    private static string Box(SqlField field, string code, int depth)
    {
        string value = "value" + depth.ToString(CultureInfo.InvariantCulture) + Hash(code);
        string form = ClrForm.FromMember(field.Type, value, depth);
        return !field.Nullable ? ClrForm.FromMember(field.Type, code, depth)
            : form == value ? code
            : $"({code} is {{ }} {value} ? (object){form} : null)";
    }

    // Pattern variables of one expression must differ.
    private static string Hash(string code) => new(code.Select(c => char.IsLetterOrDigit(c) ? c : '_').ToArray());

    private static string Member(SqlType type, int index) =>
        type.Clr is { } shape ? Identifiers.Escape(shape.Fields[index].Member) : "Item" + (index + 1).ToString(CultureInfo.InvariantCulture);
}
