using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Generators.Emit.Operators.Aggregates;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators;

/// <summary>One grouping key: its field in the entry and how rows are matched with it.</summary>
internal sealed class GroupKey(BoundExpression expression, string field, int textNumber)
{
    public BoundExpression Expression { get; } = expression;

    public string Field { get; } = field;

    public SqlType Type => Expression.Type;

    public bool Nullable => Expression.Nullable;

    /// <summary>Position among the text keys, or -1 for a key that lies in the entry itself.</summary>
    public int TextNumber { get; } = textNumber;

    public bool IsText => TextNumber >= 0;

    /// <summary>The C# type of the local that a row's key is in; texts and bytes are strings, null for NULL.</summary>
    public string LocalType => IsText ? "string?" : ClrForm.Of(Type);
}

/// <summary>The grouping keys of an aggregation.</summary>
internal sealed class KeyPlan
{
    private const string KeyHash = "State::KeyHash";

    public KeyPlan(WindowAggregateNode node)
    {
        var names = new NameTable("Hash", "Session", "SpanOf", "SetText", "Link", "LinkOf", "IsSame", "Merge", "Take", "ShownStart", "ShownEnd", "NextBlock", "HasPrevious", "Panes", "Pane", "HashOf", "TextOf", "KeyHash", "HasKeys", "PaneStartOf", "RowsOf", "IsOf", "Add", "Find", "Group", "LocalGroup", "PaneStart", "State", "Partial");
        var keys = new List<GroupKey>();
        int texts = 0;
        for (int i = 0; i < node.Keys.Count; i++)
        {
            string name = node.Columns[i].Name.Length > 0 ? node.Columns[i].Name : "key";
            keys.Add(new GroupKey(node.Keys[i], names.Member(name, ["IsNull"]), ClrForm.IsReference(node.Keys[i].Type) ? texts++ : -1));
        }

        Keys = keys;
        Texts = texts;
    }

    public IReadOnlyList<GroupKey> Keys { get; }

    /// <summary>Number of text keys.</summary>
    public int Texts { get; }

    /// <summary>Whether entries keep the hash: where it is dear to compute again, or can't be from the entry alone.</summary>
    public bool KeepsHash => Keys.Count > 1 || Keys.Any(k => k.IsText || k.Nullable || k.Type.Kind is SqlTypeKind.Decimal or SqlTypeKind.Uuid);

    /// <summary>Fields of the entry.</summary>
    public IEnumerable<(string Type, string Name)> Fields
    {
        get
        {
            if (KeepsHash)
            {
                yield return ("uint", "Hash");
            }

            foreach (GroupKey key in Keys)
            {
                if (key.IsText)
                {
                    yield return ("State::TextHandle", key.Field);
                    continue;
                }

                yield return (ClrForm.Of(key.Type), key.Field);
                if (key.Nullable)
                {
                    yield return ("bool", key.Field + "IsNull");
                }
            }
        }
    }

    /// <summary>Locals with a row's keys, made comparable: NULL is the default beside its flag, floats are canonical, bytes are hexadecimal text, nested values the text that they are told by.</summary>
    public IReadOnlyList<EmittedValue> WriteLocals(CodeWriter writer, NameTable names, IReadOnlyList<EmittedValue> values)
    {
        var locals = new List<EmittedValue>();
        for (int i = 0; i < Keys.Count; i++)
        {
            GroupKey key = Keys[i];
            EmittedValue value = values[i];
            if (key.IsText)
            {
                string text = SetValues.Text(key.Type, value.Code);
                if (text == value.Code && value.Null is null)
                {
                    locals.Add(value);
                    continue;
                }

                string local = names.Local(key.Field + "Key");
                writer.Line($"string? {local} = {(value.Null is null ? text : $"{value.Null} ? null : {text}")};");
                locals.Add(new EmittedValue(local, null, key.Type));
                continue;
            }

            string code = key.Type.IsFloat ? $"Functions::SqlCompare.Canonical({value.Code})" : value.Code;
            if (value.Null is not null)
            {
                string flag = names.Local(key.Field + "IsNull");
                writer.Line($"bool {flag} = {value.Null};");
                string local = names.Local(key.Field + "Key");
                writer.Line($"{ClrForm.Of(key.Type)} {local} = {flag} ? default : {code};");
                locals.Add(new EmittedValue(local, flag, key.Type));
            }
            else if (code != value.Code)
            {
                string local = names.Local(key.Field + "Key");
                writer.Line($"{ClrForm.Of(key.Type)} {local} = {code};");
                locals.Add(new EmittedValue(local, null, key.Type));
            }
            else
            {
                locals.Add(value);
            }
        }

        return locals;
    }

    /// <summary>The hash of a row's keys.</summary>
    public string Hash(IReadOnlyList<EmittedValue> locals)
    {
        if (Keys.Count == 0)
        {
            return "0u";
        }

        string? hash = null;
        for (int i = 0; i < Keys.Count; i++)
        {
            string one = HashOf(Keys[i], locals[i].Code);
            if (Keys[i].Nullable && !Keys[i].IsText)
            {
                one = $"({locals[i].Null ?? "false"} ? 0x9E37u : {one})";
            }

            hash = hash is null ? one : $"{KeyHash}.Combine({hash}, {one})";
        }

        return hash!;
    }

    /// <summary>The hash of an entry's key, from the entry alone.</summary>
    public string HashOfEntry(string entry) => KeepsHash ? $"{entry}.Hash" : Keys.Count == 0 ? "0u" : HashOf(Keys[0], $"{entry}.{Keys[0].Field}");

    /// <summary>Whether the entry in a slot has a row's keys.</summary>
    /// <param name="entry">A variable with the entry.</param>
    /// <param name="slot">Its slot.</param>
    /// <param name="hash">The row's hash.</param>
    /// <param name="locals">The row's keys.</param>
    public string Matches(string entry, string slot, string hash, IReadOnlyList<EmittedValue> locals)
    {
        var tests = new List<string>();
        if (Texts > 0)
        {
            tests.Add($"{entry}.Hash == {hash}");
        }

        for (int i = 0; i < Keys.Count; i++)
        {
            GroupKey key = Keys[i];
            if (key.IsText)
            {
                tests.Add($"string.Equals({Text(slot, key)}, {locals[i].Code})");
                continue;
            }

            tests.Add(key.Type.IsFloat
                ? $"{entry}.{key.Field}.Equals({locals[i].Code})"
                : $"{entry}.{key.Field} == {locals[i].Code}");
            if (key.Nullable)
            {
                tests.Add($"{entry}.{key.Field}IsNull == {locals[i].Null ?? "false"}");
            }
        }

        return tests.Count == 0 ? "true" : string.Join(" && ", tests);
    }

    /// <summary>Whether two entries have the same keys, texts apart.</summary>
    public string MatchesEntry(string entry, string other)
    {
        var tests = new List<string>();
        if (KeepsHash)
        {
            tests.Add($"{entry}.Hash == {other}.Hash");
        }

        foreach (GroupKey key in Keys.Where(k => !k.IsText))
        {
            tests.Add(key.Type.IsFloat ? $"{entry}.{key.Field}.Equals({other}.{key.Field})" : $"{entry}.{key.Field} == {other}.{key.Field}");
            if (key.Nullable)
            {
                tests.Add($"{entry}.{key.Field}IsNull == {other}.{key.Field}IsNull");
            }
        }

        return tests.Count == 0 ? "true" : string.Join(" && ", tests);
    }

    /// <summary>A text key in the array beside the entries, which <c>texts</c> refers to.</summary>
    public string Text(string slot, GroupKey key) => $"Compiler::Unsafe.Add(ref texts, {TextIndex(slot, key)})";

    /// <summary>A text key of an entry of a block.</summary>
    public string TextOf(string block, string slot, GroupKey key) => $"Compiler::Unsafe.Add(ref {block}.Texts, {TextIndex(slot, key)})";

    private string TextIndex(string slot, GroupKey key) => Texts == 1 ? slot : $"({slot} * {Texts}) + {key.TextNumber}";

    /// <summary>Parameters of methods that take a row's keys.</summary>
    public IEnumerable<(string Type, string Name, string Argument)> Parameters(IReadOnlyList<EmittedValue> locals)
    {
        for (int i = 0; i < Keys.Count; i++)
        {
            string name = char.ToLowerInvariant(Keys[i].Field[0]) + Keys[i].Field.Substring(1) + "Key";
            yield return (Keys[i].LocalType, name, locals[i].Code);
            if (Keys[i].Nullable && !Keys[i].IsText)
            {
                yield return ("bool", name + "IsNull", locals[i].Null ?? "false");
            }
        }
    }

    /// <summary><see cref="Parameters"/> behind others, as they are declared.</summary>
    public string ParameterList() => string.Concat(Parameters(ParameterValues()).Select(p => $", {p.Type} {p.Name}"));

    /// <summary>Whether a group is added where the loop's own probe has ended.</summary>
    public bool ProbesInline(Geometry geometry) => Keys.Count > 0 && !geometry.PerWindow;

    /// <summary>A row's keys as the values that <see cref="Parameters"/> names.</summary>
    public IReadOnlyList<EmittedValue> ParameterValues() => Keys.Select(k =>
    {
        string name = char.ToLowerInvariant(k.Field[0]) + k.Field.Substring(1) + "Key";
        return new EmittedValue(name, k.Nullable && !k.IsText ? name + "IsNull" : null, k.Type);
    }).ToArray();

    /// <summary>The key of an entry as a SQL value.</summary>
    public EmittedValue Value(int key, string entry, string text)
    {
        GroupKey k = Keys[key];
        if (!k.IsText)
        {
            return new EmittedValue($"{entry}.{k.Field}", k.Nullable ? $"{entry}.{k.Field}IsNull" : null, k.Type);
        }

        string? none = k.Nullable ? $"({text} is null)" : null;
        return k.Type.Kind == SqlTypeKind.Bytes || k.Type.IsNested
            ? new EmittedValue(none is null ? SetValues.OfText(k.Type, text + "!") : $"({text} is null ? null! : {SetValues.OfText(k.Type, text)})", none, k.Type)
            : new EmittedValue(text + "!", none, k.Type);
    }

    private static string HashOf(GroupKey key, string code) => key.Type.Kind switch
    {
        _ when key.IsText => $"{KeyHash}.Local({code})",
        SqlTypeKind.Boolean => $"({code} ? 1u : 0u)",
        SqlTypeKind.Decimal or SqlTypeKind.Uuid => $"{KeyHash}.Local({code})",
        SqlTypeKind.Real or SqlTypeKind.Double => $"{KeyHash}.Local((double){code})",
        _ => $"{KeyHash}.Local((long){code})",
    };
}
