using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Generators.Discovery;
using Laminar.Generators.Model;
using Laminar.Sql.Catalog;

namespace Laminar.Generators.Emit;

/// <summary>Writes the assembly attributes by which other projects' SQL can read this one's public sources and queries.</summary>
public static class ExportEmitter
{
    public const string FileName = "Laminar.Exports.g.cs";

    /// <summary>Null when there is nothing to export.</summary>
    public static GeneratedFile? Emit(IReadOnlyList<RelationModel> relations, IReadOnlyList<string> functionTypes)
    {
        if (relations.Count == 0 && functionTypes.Count == 0)
        {
            return null;
        }

        var writer = new CodeWriter();
        TypeScope.WriteHeader(writer);
        foreach (RelationModel relation in relations)
        {
            var arguments = new List<string> { Identifiers.Literal(relation.Name), Identifiers.Literal(relation.ClrType) };
            arguments.AddRange(relation.Columns.Select(c => Identifiers.Literal(ReferenceDiscovery.FormatColumn(c))));
            writer.Line("[assembly: global::Laminar.LaminarExport(");
            writer.Line("    " + string.Join(",\n    ", arguments) + ",");
            if (relation.Kind == RelationKind.Query)
            {
                writer.Line($"    QueryType = {Identifiers.Literal(relation.QueryClrType)},");
            }

            if (relation.Kind == RelationKind.Table)
            {
                writer.Line("    IsTable = true,");
            }

            if (relation.BaseTables.Count > 0)
            {
                writer.Line($"    BaseTables = {Identifiers.Literal(string.Join(";", relation.BaseTables))},");
            }

            if (relation.Watermark is { } watermark)
            {
                writer.Line($"    WatermarkColumn = {watermark.ColumnIndex.ToString(CultureInfo.InvariantCulture)},");
                writer.Line($"    WatermarkDelay = {Identifiers.Literal(watermark.Delay)},");
            }

            if (relation.IsUpsert)
            {
                writer.Line("    IsUpsert = true,");
            }

            if (relation.HasKey)
            {
                writer.Line($"    Key = {Identifiers.Literal(ReferenceDiscovery.FormatKey(relation))},");
            }

            writer.Line($"    IsUpdating = {Identifiers.Literal(relation.IsUpdating)},");
            writer.Line($"    BaseSources = {Identifiers.Literal(string.Join(";", relation.BaseSources))})]");
        }

        if (functionTypes.Count > 0)
        {
            writer.Line($"[assembly: global::Laminar.LaminarFunctions({string.Join(", ", functionTypes.Select(t => $"typeof({t})"))})]");
        }

        return new GeneratedFile(FileName, writer.ToString());
    }
}
