using System;
using System.Collections.Generic;
using Laminar.Sql.Catalog;

namespace Laminar.Sql;

/// <summary>The front end as a whole: text in, checked plan or diagnostics out. Never throws on any text; keeps nothing between calls; thread-safe.</summary>
public static class SqlCompiler
{
    /// <summary>Parses, binds and plans one query.</summary>
    /// <param name="sql">One SELECT statement, with or without a semicolon.</param>
    /// <param name="name">The query's name, for the result only.</param>
    /// <param name="catalog">What FROM can name.</param>
    public static CompiledQuery CompileQuery(string sql, string name, ICatalog catalog) => throw new InvalidOperationException();

    /// <summary>The names that stand in FROM, as written, each once: cheap (parse only), for the order in which queries depend on each other.</summary>
    public static IReadOnlyList<string> ReadNames(string sql) => throw new InvalidOperationException();

    /// <summary>Parses, binds and plans a script of CREATE SOURCE, CREATE STREAM, CREATE SINK and INSERT INTO statements.</summary>
    /// <param name="sql">Statements separated by semicolons.</param>
    /// <param name="catalog">What the script can read besides its own sources and streams.</param>
    /// <param name="containingType">
    /// The C# class that the row types are nested in, fully qualified with <c>global::</c>: source <c>cars</c> gets the row type
    /// <c>{containingType}.Cars</c>, stream <c>fast</c> the row type <c>{containingType}.Fast</c> and the query class <c>{containingType}.FastQuery</c>.
    /// Empty: the relations carry no C# names.
    /// </param>
    public static CompiledScript CompileScript(string sql, ICatalog catalog, string containingType = "") => throw new InvalidOperationException();
}
