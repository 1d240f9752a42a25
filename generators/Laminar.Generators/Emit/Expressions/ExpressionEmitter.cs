using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Expressions;

/// <summary>
/// Bound expressions as C#. NULL logic is decided here: only what can be NULL carries a flag. What must be evaluated at most sometimes
/// (CASE, COALESCE, the right sides of AND and OR) is a conditional expression, or an <c>if</c> where it needs statements.
/// </summary>
internal sealed partial class ExpressionEmitter
{
    private readonly Func<BoundColumn, EmittedValue> _column;
    private readonly NameTable _names;
    private readonly ConstantPool _constants;
    private CodeWriter _writer;

    /// <param name="writer">Takes the statements that values need.</param>
    /// <param name="column">The value of an input column; it must be in scope already.</param>
    /// <param name="names">Names of locals.</param>
    /// <param name="constants">Takes constants that are worth a static field.</param>
    public ExpressionEmitter(CodeWriter writer, Func<BoundColumn, EmittedValue> column, NameTable names, ConstantPool constants)
    {
        _writer = writer;
        _column = column;
        _names = names;
        _constants = constants;
    }

    /// <summary>Whether the loop around is left at a row whose arithmetic doesn't fit, rather than an exception thrown.</summary>
    public bool Leaves { get; init; }

    /// <summary>Writes the statements that an expression needs and answers with its value.</summary>
    public EmittedValue Emit(BoundExpression expression) => expression switch
    {
        BoundColumn column => _column(column),
        BoundLiteral literal => Literal(literal),
        BoundClock => ToLocal(new EmittedValue($"Functions::SqlTime.Now({Op}Clock)", null, SqlType.TimestampTz) { IsInRange = true }, "clock"),
        BoundWatermark watermark => new EmittedValue("watermark", "(watermark == long.MinValue)", watermark.Type),
        BoundUnary unary => Unary(unary),
        BoundBinary { Operator: BinaryOperator.And or BinaryOperator.Or } logic => Logic(logic),
        BoundBinary { Operator: >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual } comparison => Comparison(comparison),
        BoundBinary { Operator: BinaryOperator.Distinct or BinaryOperator.NotDistinct } distinct => Distinctness(distinct),
        BoundBinary binary => Arithmetic(binary),
        BoundIsNull test => NullTest(test),
        BoundCase conditional => Case(conditional.Whens, 0, conditional.Else, conditional.Type, conditional.Nullable),
        BoundCoalesce coalesce => Coalesce(coalesce, 0),
        BoundItems items => Items(items),
        BoundCast cast => Cast(cast),
        BoundCall { Function.Clr: { } function } call => FunctionCall(call, function),
        BoundCall call => Call(call),
        _ => throw new NotSupportedException($"No emitter for {expression.GetType().Name}."),
    };

    /// <summary>The same, in a local variable unless it is a name or a literal already: for values that are used more than once.</summary>
    public EmittedValue EmitLocal(BoundExpression expression, string name) => ToLocal(Emit(expression), name);

    /// <summary>Puts a value into locals named after <paramref name="name"/>.</summary>
    public EmittedValue ToLocal(EmittedValue value, string name)
    {
        string code = value.Code;
        string? isNull = value.Null;
        if (isNull is not null && !IsSimple(isNull))
        {
            string local = _names.Local(name + "IsNull");
            _writer.Line($"bool {local} = {Unwrap(isNull)};");
            isNull = local;
        }

        if (!IsSimple(code))
        {
            string local = _names.Local(name);
            _writer.Line($"{ClrForm.Of(value.Type)} {local} = {Unwrap(code)};");
            code = local;
        }

        return value with { Code = code, Null = isNull };
    }

    private static bool IsSimple(string code) => code.All(c => char.IsLetterOrDigit(c) || c == '_' || c == '@');

    /// <summary>Takes away parentheses around a whole expression.</summary>
    private static string Unwrap(string code)
    {
        if (code.Length < 2 || code[0] != '(' || code[code.Length - 1] != ')')
        {
            return code;
        }

        int depth = 0;
        for (int i = 0; i < code.Length - 1; i++)
        {
            depth += code[i] == '(' ? 1 : code[i] == ')' ? -1 : 0;
            if (depth == 0 || code[i] is '"' or '\'')
            {
                return code;
            }
        }

        return code.Substring(1, code.Length - 2);
    }

    private static string? Or(params string?[] flags)
    {
        string[] distinct = flags.Where(f => f is not null).Select(f => f!).Distinct().ToArray();
        return distinct.Length switch
        {
            0 => null,
            1 => distinct[0],
            _ when distinct.Contains("true") => "true",
            _ => $"({string.Join(" || ", distinct)})",
        };
    }

    private EmittedValue Literal(BoundLiteral literal)
    {
        if (literal.Value is null)
        {
            string none = ClrForm.IsReference(literal.Type) ? "null!" : $"default({ClrForm.Of(literal.Type)})";
            return new EmittedValue(literal.Type.Kind == SqlTypeKind.Null ? "default(object)!" : none, "true", literal.Type);
        }

        string code = ClrForm.Literal(literal.Value);
        return new EmittedValue(literal.Value is decimal or Guid or byte[] ? _constants.Add(ClrForm.Of(literal.Type), code) : code, null, literal.Type);
    }

    /// <summary>Guards what can fail (or costs) against NULL operands; pure arithmetic on the stand-in values is harmless.</summary>
    private EmittedValue Guarded(string code, string? isNull, SqlType type, bool mustGuard)
    {
        if (isNull is null || !mustGuard)
        {
            return new EmittedValue(code, isNull, type);
        }

        string flag = isNull;
        if (!IsSimple(flag))
        {
            flag = _names.Local("isNull");
            _writer.Line($"bool {flag} = {Unwrap(isNull)};");
        }

        string stand = ClrForm.IsReference(type) ? "null!" : $"default({ClrForm.Of(type)})";
        return new EmittedValue($"({flag} ? {stand} : {code})", flag, type);
    }

    /// <summary>Emits an expression apart: its statements come back as text, to be put where they may be skipped.</summary>
    private (string Statements, EmittedValue Value) Apart(Func<EmittedValue> emit)
    {
        CodeWriter outer = _writer;
        _writer = new CodeWriter();
        EmittedValue value = emit();
        string statements = _writer.ToString();
        _writer = outer;
        return (statements, value);
    }

    private void Paste(string statements)
    {
        if (statements.Length > 0)
        {
            _writer.Line(statements.TrimEnd('\n'));
        }
    }

    private EmittedValue NullTest(BoundIsNull test)
    {
        // The value isn't wanted, but a row on which it can't be computed is an error row.
        EmittedValue operand = Failure.Possible(test.Operand) ? EmitLocal(test.Operand, "tested") : Emit(test.Operand);
        string code = operand.Null is null ? (test.Negated ? "true" : "false") : test.Negated ? $"!{operand.Null}" : operand.Null;
        return new EmittedValue(code, null, SqlType.Boolean);
    }

    private EmittedValue Cast(BoundCast cast)
    {
        EmittedValue operand = Emit(cast.Operand);
        string type = ClrForm.Of(cast.Type);
        if (operand.Null == "true")
        {
            return new EmittedValue(ClrForm.IsReference(cast.Type) ? "null!" : $"default({type})", "true", cast.Type);
        }

        return type == ClrForm.Of(cast.Operand.Type)
            ? operand with { Type = cast.Type }
            : new EmittedValue($"(({type}){operand.Code})", operand.Null, cast.Type);
    }

    /// <summary>Objects in a new array; of constants it is made once, since nobody writes into one.</summary>
    private EmittedValue Items(BoundItems items)
    {
        bool once = items.Items.All(i => i is BoundLiteral);
        EmittedValue[] values = items.Items.Select((item, i) => once ? Emit(item) : ToLocal(Emit(item), "item" + (i + 1))).ToArray();
        string code = $"new object?[] {{ {string.Join(", ", values.Select(v => v.Null is null ? v.Code : v.Null == "true" ? "null" : $"{v.Null} ? null : (object){v.Code}"))} }}";
        return once ? new EmittedValue(_constants.Add("object?[]", code), null, items.Type) : ToLocal(new EmittedValue(code, null, items.Type), "items");
    }

    private EmittedValue Call(BoundCall call)
    {
        // A call of literals is made once, in a field: its arguments can't be locals of the loop.
        bool once = call.Function.Strict && call.Arguments.Count > 0 && call.Arguments.All(a => a is BoundLiteral { Value: not null })
            && !call.Function.Unboxes && !call.Function.CanFail && !call.Function.CanReturnNull;
        EmittedValue[] arguments = call.Arguments.Select((a, i) => once ? Emit(a) : ToLocal(Emit(a), "argument" + (i + 1))).ToArray();
        string method = "Functions::" + call.Function.Method;
        if (call.Function.Method.EndsWith("Known", StringComparison.Ordinal) && !ClrForm.IsReference(arguments[0].Type) && arguments.All(a => a.Null is null))
        {
            // What takes NULLs of any type doesn't see the type where none can be.
            arguments[0] = arguments[0] with { Code = $"({ClrForm.Of(arguments[0].Type)}?){arguments[0].Code}" };
        }

        string? isNull = call.Function.Strict ? Or(arguments.Select(a => a.Null).ToArray()) : null;
        string code = call.Function.Strict
            ? $"{method}({string.Join(", ", arguments.Select(a => a.Code))})"
            : $"{method}({string.Join(", ", arguments.Select((a, i) => a.Null == "true" ? $"default({ClrForm.Of(call.Arguments[i].Type, true)})" : a.AsNullable))})";
        if (call.Function.Unboxes)
        {
            string found = _names.Local("found");
            _writer.Line($"object? {found} = {(isNull is null ? code : $"{isNull} ? null : {code}")};");
            string value = ClrForm.IsReference(call.Type) ? $"(({ClrForm.Of(call.Type)}){found}!)" : $"({found} is {ClrForm.Of(call.Type)} {found}Value ? {found}Value : default)";
            return ToLocal(new EmittedValue(value, call.Nullable ? $"({found} is null)" : null, call.Type), "element");
        }

        if (once)
        {
            return new EmittedValue(_constants.Add(ClrForm.Of(call.Type), code), null, call.Type);
        }

        if (!call.Function.CanReturnNull)
        {
            return ToLocal(Guarded(code, isNull, call.Type, mustGuard: true), "result");
        }

        string local = _names.Local("result");
        string none = $"default({ClrForm.Of(call.Type, true)})";
        _writer.Line($"{ClrForm.Of(call.Type, true)} {local} = {(isNull is null ? code : $"{isNull} ? {none} : {code}")};");

        // GREATEST and LEAST may return NULL, and don't where one side can't be NULL.
        return ClrForm.IsReference(call.Type)
            ? new EmittedValue(local + "!", call.Nullable ? $"({local} is null)" : null, call.Type)
            : new EmittedValue($"{local}.GetValueOrDefault()", call.Nullable ? $"(!{local}.HasValue)" : null, call.Type);
    }
}
