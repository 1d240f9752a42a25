using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Syntax;

namespace Laminar.Generators.Emit;

/// <summary>
/// A row type in a stub: its columns, as far as the text tells them, are <c>dynamic</c>, so that code that reads them compiles whatever it
/// takes them for.
/// </summary>
public static class StubRow
{
    /// <param name="writer">Where to.</param>
    /// <param name="typeName">The row type's simple name.</param>
    /// <param name="columns">SQL names.</param>
    /// <param name="throwing">A throw expression.</param>
    public static void Write(CodeWriter writer, string typeName, IEnumerable<string> columns, string throwing)
    {
        string contract = $"Laminar::IStreamRow<{typeName}>";
        using (writer.Open($"public readonly record struct {typeName} : {contract}, Laminar::IAppendRow, Laminar::IChangelogRow"))
        {
            writer.Line("public Laminar::RowKind Kind => default;");
            foreach (string name in columns.Select(c => OutputNames.Of(c, typeName)).Distinct())
            {
                writer.Line($"public dynamic {Identifiers.Escape(name)} => {throwing};");
            }

            writer.Line($"static Laminar::RowSchema {contract}.Schema => {throwing};");
            writer.Line($"static {typeName} {contract}.Read<TReader>(ref TReader reader) => {throwing};");
            writer.Line($"static void {contract}.Write<TWriter>(in {typeName} row, ref TWriter writer) => {throwing};");
        }
    }

    /// <summary>The names of a SELECT list, as far as they can be read off the tree.</summary>
    public static IReadOnlyList<string> ColumnNames(QuerySyntax query)
    {
        QueryBody body = query.Body;
        while (body is NestedBody or SetBody)
        {
            body = body is NestedBody nested ? nested.Query.Body : ((SetBody)body).Left;
        }

        IEnumerable<SelectItem> items = body is SelectBody select ? select.Items : Enumerable.Empty<SelectItem>();
        return items
            .Select(item => item.Alias?.Text ?? (item.Expression as ColumnExpression)?.Name.Last.Text)
            .OfType<string>()
            .Where(name => name.Length > 0)
            .ToArray();
    }
}
