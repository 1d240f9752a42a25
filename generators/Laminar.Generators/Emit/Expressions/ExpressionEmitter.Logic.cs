using System.Collections.Generic;
using Laminar.Sql.Binding;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Expressions;

/// <summary>What isn't always evaluated: AND, OR, CASE, COALESCE.</summary>
internal sealed partial class ExpressionEmitter
{
    private EmittedValue Logic(BoundBinary logic)
    {
        bool isAnd = logic.Operator == BinaryOperator.And;
        EmittedValue left = Emit(logic.Left);
        (string statements, EmittedValue right) = Apart(() => Emit(logic.Right));
        if (left.Null is null && right.Null is null && statements.Length == 0)
        {
            return new EmittedValue($"({left.Code} {(isAnd ? "&&" : "||")} {right.Code})", null, SqlType.Boolean);
        }

        // AND: FALSE on the left decides; otherwise TRUE needs both sides and FALSE one. OR is its mirror.
        left = ToLocal(left, isAnd ? "leftOfAnd" : "leftOfOr");
        string value = _names.Local(isAnd ? "and" : "or");
        string? isNull = left.Null is null && right.Null is null ? null : _names.Local(value + "IsNull");
        _writer.Line($"bool {value} = {(isAnd ? "false" : "true")};");
        if (isNull is not null)
        {
            _writer.Line($"bool {isNull} = false;");
        }

        string undecided = isAnd ? Or(left.Null, left.Code)! : Or(left.Null, "!" + left.Code)!;
        using (_writer.Open($"if ({Unwrap(undecided)})"))
        {
            Paste(statements);
            if (isNull is null)
            {
                _writer.Line($"{value} = {Unwrap(right.Code)};");
            }
            else
            {
                string decided = isAnd ? $"!{right.Code}" : right.Code;
                string rightDecides = right.Null is null ? decided : $"(!{right.Null} && {decided})";
                using (_writer.Open($"if ({Unwrap(rightDecides)})"))
                {
                    _writer.Line($"{value} = {(isAnd ? "false" : "true")};");
                }

                using (_writer.Open("else"))
                {
                    _writer.Line($"{isNull} = {Unwrap(Or(left.Null, right.Null)!)};");
                    _writer.Line($"{value} = {(isAnd ? $"!{isNull}" : "false")};");
                }
            }
        }

        return new EmittedValue(value, isNull, SqlType.Boolean);
    }

    private EmittedValue Case(IReadOnlyList<BoundWhen> whens, int at, BoundExpression? otherwise, SqlType type, bool nullable)
    {
        if (at == whens.Count)
        {
            return otherwise is null ? Literal(new BoundLiteral(null, type, default)) : Emit(otherwise);
        }

        EmittedValue condition = Emit(whens[at].Condition);
        (string statements, EmittedValue value) then = Apart(() => Emit(whens[at].Result));
        (string statements, EmittedValue value) rest = Apart(() => Case(whens, at + 1, otherwise, type, nullable));
        return Choose(condition.IsTrue, then, rest, type, "case");
    }

    private EmittedValue Coalesce(BoundCoalesce coalesce, int at)
    {
        EmittedValue first = Emit(coalesce.Arguments[at]);
        if (at == coalesce.Arguments.Count - 1 || first.Null is null)
        {
            return first;
        }

        first = ToLocal(first, "first");
        (string statements, EmittedValue value) rest = Apart(() => Coalesce(coalesce, at + 1));
        return Choose($"!{first.Null}", (string.Empty, first with { Null = null }), rest, coalesce.Type, "coalesce");
    }

    /// <summary>One of two values, the other not evaluated.</summary>
    private EmittedValue Choose(
        string condition, (string Statements, EmittedValue Value) then, (string Statements, EmittedValue Value) rest, SqlType type, string name)
    {
        bool nullable = then.Value.Null is not null || rest.Value.Null is not null;
        if (!nullable && then.Statements.Length == 0 && rest.Statements.Length == 0)
        {
            return new EmittedValue($"({condition} ? {then.Value.Code} : {rest.Value.Code})", null, type);
        }

        string value = _names.Local(name);
        string? isNull = nullable ? _names.Local(value + "IsNull") : null;
        _writer.Line($"{ClrForm.Of(type)} {value};");
        if (isNull is not null)
        {
            _writer.Line($"bool {isNull};");
        }

        using (_writer.Open($"if ({Unwrap(condition)})"))
        {
            Assign(then, value, isNull);
        }

        using (_writer.Open("else"))
        {
            Assign(rest, value, isNull);
        }

        return new EmittedValue(value, isNull, type);
    }

    private void Assign((string Statements, EmittedValue Value) branch, string value, string? isNull)
    {
        Paste(branch.Statements);
        _writer.Line($"{value} = {Unwrap(branch.Value.Code)};");
        if (isNull is not null)
        {
            _writer.Line($"{isNull} = {Unwrap(branch.Value.Null ?? "false")};");
        }
    }
}
