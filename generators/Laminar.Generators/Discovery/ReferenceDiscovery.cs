using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Laminar.Generators.Model;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;
using Microsoft.CodeAnalysis;

namespace Laminar.Generators.Discovery;

/// <summary>
/// Reads what referenced assemblies offer from their assembly attributes. It runs for every compilation, so it looks only into assemblies
/// that reference Laminar.
/// </summary>
public static class ReferenceDiscovery
{
    private const string ContractAssembly = "Laminar";

    public static ReferencesModel Read(Compilation compilation, CancellationToken cancellation)
    {
        var exports = new List<RelationModel>();
        var connectors = new List<ConnectorModel>();
        var functions = new List<FunctionModel>();
        var aggregates = new List<AggregateModel>();
        string host = "";
        foreach (IAssemblySymbol assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!assembly.Modules.Any(m => m.ReferencedAssemblies.Any(r => r.Name == ContractAssembly)))
            {
                continue;
            }

            foreach (AttributeData attribute in assembly.GetAttributes())
            {
                switch (attribute.AttributeClass is { } type ? Symbols.NameOf(type) : "")
                {
                    case AttributeNames.Export when ReadExport(attribute) is { } export:
                        exports.Add(export);
                        break;
                    case AttributeNames.Functions when attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Array } types]:
                        foreach (INamedTypeSymbol holder in types.Values.Select(t => t.Value).OfType<INamedTypeSymbol>())
                        {
                            functions.AddRange(FunctionDiscovery.ReadAll(holder).Where(f => f.Visibility == Visibility.Public));
                            aggregates.AddRange(AggregateDiscovery.ReadAll(holder).Where(a => a.Visibility == Visibility.Public));
                        }

                        break;
                    case AttributeNames.Connector when ConnectorDiscovery.Read(attribute) is { } connector:
                        connectors.Add(connector);
                        break;
                    case AttributeNames.Host when Symbols.ConstructorArgument(attribute, 0) is INamedTypeSymbol hostType:
                        host = Symbols.FullName(hostType);
                        break;
                }
            }
        }

        // The order of references isn't the user's choice: sort, so that the first of two equal names is always the same.
        return new ReferencesModel(
            new EquatableArray<RelationModel>(exports.OrderBy(e => e.Name, StringComparer.Ordinal).ThenBy(e => e.ClrType, StringComparer.Ordinal)),
            new EquatableArray<ConnectorModel>(connectors.OrderBy(c => c.Name, StringComparer.Ordinal)),
            host)
        {
            Functions = FunctionDiscovery.Collect(functions, aggregates),
        };
    }

    /// <summary>One column as <c>LaminarExportAttribute.Columns</c> holds it.</summary>
    public static string FormatColumn(RelationColumn column) => string.Join(
        "|",
        column.ClrName,
        ExportedTypes.Format(column.Type),
        column.Nullable ? "1" : "0",
        column.EventTimeLag?.ToString(CultureInfo.InvariantCulture) ?? "",
        column.Name);

    /// <summary>A key as an export says it.</summary>
    public static string FormatKey(RelationModel relation) =>
        string.Join(";", relation.KeyColumns.Select(c => c.ToString(CultureInfo.InvariantCulture))) + (relation.IsKeyUnique ? "" : "*");

    private static RelationModel? ReadExport(AttributeData attribute)
    {
        if (Symbols.ConstructorArgument(attribute, 0) is not string name
            || Symbols.ConstructorArgument(attribute, 1) is not string rowType
            || attribute.ConstructorArguments.Length < 3
            || attribute.ConstructorArguments[2].Kind != TypedConstantKind.Array)
        {
            return null;
        }

        var columns = new List<RelationColumn>();
        foreach (TypedConstant constant in attribute.ConstructorArguments[2].Values)
        {
            if (constant.Value is not string text || ParseColumn(text) is not { } column)
            {
                // Written by a newer version: better not to be seen than to be seen wrong.
                return null;
            }

            columns.Add(column);
        }

        string? key = Symbols.NamedArgument(attribute, "Key") as string;
        string queryType = Symbols.NamedArgument(attribute, "QueryType") as string ?? "";
        string baseSources = Symbols.NamedArgument(attribute, "BaseSources") as string ?? "";
        int watermarkColumn = Symbols.NamedArgument(attribute, "WatermarkColumn") as int? ?? -1;
        return new RelationModel(name, Symbols.NamedArgument(attribute, "IsTable") is true ? RelationKind.Table : queryType.Length > 0 ? RelationKind.Query : RelationKind.Source, rowType, new EquatableArray<RelationColumn>(columns))
        {
            IsOwn = false,
            QueryClrType = queryType,
            BaseSources = new EquatableArray<string>(baseSources.Split(new[] { ';' }, StringSplitOptions.RemoveEmptyEntries)),
            BaseTables = new EquatableArray<string>((Symbols.NamedArgument(attribute, "BaseTables") as string ?? "").Split(new[] { ';' }, StringSplitOptions.RemoveEmptyEntries)),
            IsUpdating = Symbols.NamedArgument(attribute, "IsUpdating") is true,
            IsUpsert = Symbols.NamedArgument(attribute, "IsUpsert") is true,
            HasKey = key is not null,
            IsKeyUnique = key is not null && !key.EndsWith("*", StringComparison.Ordinal),
            KeyColumns = new EquatableArray<int>((key ?? "").TrimEnd('*').Split(new[] { ';' }, StringSplitOptions.RemoveEmptyEntries).Select(c => int.Parse(c, CultureInfo.InvariantCulture))),
            Watermark = watermarkColumn >= 0 && watermarkColumn < columns.Count
                ? new WatermarkDeclaration(watermarkColumn, Symbols.NamedArgument(attribute, "WatermarkDelay") as long? ?? 0)
                : null,
        };
    }

    private static RelationColumn? ParseColumn(string text)
    {
        string[] parts = text.Split(new[] { '|' }, 5);
        if (parts.Length != 5 || ExportedTypes.Parse(parts[1]) is not { } type)
        {
            return null;
        }

        long? lag = long.TryParse(parts[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;
        return new RelationColumn(parts[4], parts[0], type, parts[2] == "1") { EventTimeLag = lag };
    }
}
