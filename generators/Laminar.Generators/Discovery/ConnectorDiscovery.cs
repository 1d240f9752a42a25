using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Model;
using Laminar.Sql.Catalog;
using Microsoft.CodeAnalysis;

namespace Laminar.Generators.Discovery;

/// <summary>Reads one <c>[assembly: LaminarConnector]</c>: its types and the options that are WITH keys.</summary>
public static class ConnectorDiscovery
{
    public static ConnectorModel? Read(AttributeData attribute)
    {
        if (Symbols.ConstructorArgument(attribute, 0) is not string name)
        {
            return null;
        }

        var sourceOptions = Symbols.NamedArgument(attribute, "SourceOptions") as INamedTypeSymbol;
        var sinkOptions = Symbols.NamedArgument(attribute, "SinkOptions") as INamedTypeSymbol;
        return new ConnectorModel(name)
        {
            SourceType = OpenGeneric(Symbols.NamedArgument(attribute, "Source")),
            SourceOptionsType = sourceOptions is null ? "" : Symbols.FullName(sourceOptions),
            SourceOptions = Options(sourceOptions),
            AppendSinkType = OpenGeneric(Symbols.NamedArgument(attribute, "AppendSink")),
            ChangelogSinkType = OpenGeneric(Symbols.NamedArgument(attribute, "ChangelogSink")),
            SinkOptionsType = sinkOptions is null ? "" : Symbols.FullName(sinkOptions),
            SinkOptions = Options(sinkOptions),
        };
    }

    private static string OpenGeneric(object? type) => type is INamedTypeSymbol symbol
        ? symbol.OriginalDefinition.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGenericsOptions(SymbolDisplayGenericsOptions.None))
        : "";

    private static EquatableArray<ConnectorOption> Options(INamedTypeSymbol? type)
    {
        var options = new List<ConnectorOption>();
        for (INamedTypeSymbol? current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (IPropertySymbol property in current.GetMembers().OfType<IPropertySymbol>())
            {
                bool isOption = property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, SetMethod.DeclaredAccessibility: Accessibility.Public };
                if (isOption && options.All(o => o.Property != property.Name) && Option(property) is { } option)
                {
                    options.Add(option);
                }
            }
        }

        return new EquatableArray<ConnectorOption>(options);
    }

    private static ConnectorOption? Option(IPropertySymbol property)
    {
        ITypeSymbol type = property.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : property.Type;
        OptionKind? kind = type.SpecialType switch
        {
            SpecialType.System_String => OptionKind.Text,
            SpecialType.System_Boolean => OptionKind.Boolean,
            SpecialType.System_Int32 => OptionKind.Int32,
            SpecialType.System_Int64 => OptionKind.Int64,
            SpecialType.System_Char => OptionKind.Character,
            _ when type.TypeKind == TypeKind.Enum => OptionKind.Enum,
            _ when Symbols.NameOf(type) == "System.TimeSpan" => OptionKind.Duration,
            _ => null,
        };
        if (kind is not { } found)
        {
            return null;
        }

        IEnumerable<string> members = found == OptionKind.Enum
            ? type.GetMembers().OfType<IFieldSymbol>().Where(f => f.IsConst).Select(f => f.Name)
            : Enumerable.Empty<string>();
        AttributeData? target = Symbols.Attribute(property, AttributeNames.SinkTarget);
        return new ConnectorOption(SqlName.ToSnakeCase(property.Name), property.Name, found)
        {
            EnumType = found == OptionKind.Enum ? Symbols.FullName(type) : "",
            EnumMembers = new EquatableArray<string>(members),
            IsRequired = property.IsRequired,
            IsTarget = target is not null,
            SharedTarget = target is null ? null : Symbols.NamedArgument(target, "Shared") as string,
            AtLeastOnceTarget = target is null ? null : Symbols.NamedArgument(target, "AtLeastOnce") as string,
        };
    }
}
