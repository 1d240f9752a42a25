using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using NUnit.Framework;

namespace Laminar.Sql.Tests;

/// <summary>Compiles a query over <see cref="TestCatalog"/>. In a text, «...» marks the characters that a finding must stand on.</summary>
public static class Check
{
    public static QueryPlan Plan(string sql)
    {
        CompiledQuery compiled = SqlCompiler.CompileQuery(sql, "q", TestCatalog.Create());
        Assert.That(compiled.Diagnostics.Where(d => d.IsError).Select(d => d.ToString()), Is.Empty, sql);
        return compiled.Plan!;
    }

    /// <summary>Columns as <c>name TYPE [NOT NULL]</c>.</summary>
    public static string Columns(string sql) => string.Join(", ", Plan(sql).Columns.Select(c => $"{c.Name} {c.Type}{(c.Nullable ? "" : " NOT NULL")}"));

    /// <summary>Type of the one output column, with NOT NULL.</summary>
    public static string TypeOf(string expression, string from = "types")
    {
        PlanColumn column = Plan($"SELECT {expression} AS x FROM {from}").Columns.Single();
        return column.Type + (column.Nullable ? "" : " NOT NULL");
    }

    /// <summary>The expression as executors get it.</summary>
    public static string Lowered(string expression, string from = "types") =>
        ExpressionPrinter.Print(((ProjectNode)Plan($"SELECT {expression} AS x FROM {from}").Root).Expressions.Single());

    /// <summary>The first finding; it must be the only error and stand on the marked characters.</summary>
    public static SqlDiagnostic Error(string marked)
    {
        (string sql, int start, int length) = Unmark(marked);
        CompiledQuery compiled = SqlCompiler.CompileQuery(sql, "q", TestCatalog.Create());
        SqlDiagnostic[] errors = [.. compiled.Diagnostics.Where(d => d.IsError)];
        Assert.That(errors, Has.Length.EqualTo(1), marked + "\n" + string.Join("\n", compiled.Diagnostics));
        Assert.That(compiled.Plan, Is.Null);
        Assert.That(sql.Substring(errors[0].Span.Start, errors[0].Span.Length), Is.EqualTo(sql.Substring(start, length)), errors[0].ToString());
        Assert.That(errors[0].Span.Start, Is.EqualTo(start));
        return errors[0];
    }

    public static SqlDiagnostic Warning(string marked)
    {
        (string sql, int start, int length) = Unmark(marked);
        CompiledQuery compiled = SqlCompiler.CompileQuery(sql, "q", TestCatalog.Create());
        SqlDiagnostic found = compiled.Diagnostics.Single();
        Assert.That(found.IsError, Is.False, found.ToString());
        Assert.That((found.Span.Start, found.Span.Length), Is.EqualTo((start, length)));
        Assert.That(compiled.Plan, Is.Not.Null);
        return found;
    }

    public static (string Sql, int Start, int Length) Unmark(string marked)
    {
        int start = marked.IndexOf('«');
        int end = marked.IndexOf('»') - 1;
        return (marked.Replace("«", "").Replace("»", ""), start, end - start);
    }
}
