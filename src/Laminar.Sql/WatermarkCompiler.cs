using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Streaming;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql;

/// <summary>Reads a watermark declaration: <c>ts</c> or <c>ts - INTERVAL '5' SECOND</c>.</summary>
public static class WatermarkCompiler
{
    /// <summary>
    /// A column of type TIMESTAMP, TIMESTAMPTZ or BIGINT (milliseconds), maybe minus a constant interval (or, for BIGINT, minus a constant
    /// number of milliseconds) of at least zero. Anything else is an error: LAM3007. Never throws.
    /// </summary>
    /// <param name="expression">The text of the expression.</param>
    /// <param name="columns">The source's columns.</param>
    public static CompiledWatermark Compile(string expression, IReadOnlyList<RelationColumn> columns)
    {
        var diagnostics = new DiagnosticBag();
        WatermarkDeclaration? declaration = null;
        try
        {
            ParseResult<ExpressionSyntax> parsed = SqlParser.ParseExpression(expression);
            foreach (SqlDiagnostic diagnostic in parsed.Diagnostics)
            {
                diagnostics.Add(diagnostic);
            }

            declaration = diagnostics.HasErrors ? null : Bind(parsed.Root, null, columns, expression, diagnostics);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            diagnostics.Report(SqlRules.InternalError, new TextSpan(0, expression.Length), exception.GetType().Name + ": " + exception.Message);
        }

        if (declaration is null && !diagnostics.HasErrors)
        {
            diagnostics.Report(SqlRules.InvalidWatermark, new TextSpan(0, expression.Length), "this is neither");
        }

        return new CompiledWatermark(diagnostics.HasErrors ? null : declaration, SqlCompiler.Tidy(diagnostics));
    }

    /// <summary>As <see cref="Compile"/>, from a tree, with the column that <c>WATERMARK FOR</c> names when it is one.</summary>
    internal static WatermarkDeclaration? Bind(ExpressionSyntax syntax, Identifier? of, IReadOnlyList<RelationColumn> columns, string sql, DiagnosticBag diagnostics)
    {
        ScopeColumn[] scope = columns.Select((c, i) => new ScopeColumn("this source", c.Name, i, c.Type, c.Nullable, null)).ToArray();
        BoundExpression? bound = new ExpressionBinder(new NameScope(scope), diagnostics) { Clause = "a watermark", Sql = sql }.Bind(syntax);
        if (bound is null)
        {
            return null;
        }

        (BoundColumn? column, long delay) = Split(ConstantFolding.Fold(bound, diagnostics));
        if (column is null)
        {
            diagnostics.Report(SqlRules.InvalidWatermark, syntax.Span, "this is neither");
            return null;
        }

        if (!EventTime.CanBe(column.Type))
        {
            diagnostics.Report(SqlRules.InvalidWatermark, column.Span, $"the column is {column.Type}, not TIMESTAMP, TIMESTAMPTZ or BIGINT (milliseconds)");
            return null;
        }

        if (delay < 0)
        {
            diagnostics.Report(SqlRules.InvalidWatermark, syntax.Span, "a watermark can't run ahead of its column");
            return null;
        }

        if (of is not null && !SqlName.Same(of.Text, column.Name))
        {
            diagnostics.Report(SqlRules.InvalidWatermark, column.Span, $"it must be on the column after FOR, '{of.Text}'");
            return null;
        }

        return new WatermarkDeclaration(column.Ordinal, delay);
    }

    private static (BoundColumn? Column, long Delay) Split(BoundExpression expression) => expression switch
    {
        BoundColumn column => (column, 0),
        BoundCall { Function.Method: "SqlTime.SubtractTicks", Arguments: [BoundColumn column, BoundLiteral { Value: long ticks }] } => (column, ticks),
        BoundCall { Function.Method: "SqlTime.AddTicks", Arguments: [BoundColumn column, BoundLiteral { Value: long and not long.MinValue and var ticks }] } => (column, -ticks),
        BoundBinary { Operator: BinaryOperator.Subtract, Type.Kind: SqlTypeKind.BigInt, Left: BoundColumn column, Right: BoundLiteral { Value: long delay } } => (column, delay),
        BoundBinary { Operator: BinaryOperator.Add, Type.Kind: SqlTypeKind.BigInt, Left: BoundColumn column, Right: BoundLiteral { Value: long and not long.MinValue and var delay } } => (column, -delay),
        _ => (null, 0),
    };
}
