using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;
using Microsoft.CodeAnalysis;

namespace Laminar.Generators.Discovery;

/// <summary>C# types of which a column holds several values: arrays, dictionaries, tuples and records.</summary>
internal static class NestedTypes
{
    /// <summary>How deep types may be inside each other: one that holds itself has no end.</summary>
    private const int MaxDepth = 16;

    private static readonly string[] Dictionaries =
    [
        "System.Collections.Generic.Dictionary<TKey, TValue>", "System.Collections.Generic.IDictionary<TKey, TValue>", "System.Collections.Generic.IReadOnlyDictionary<TKey, TValue>",
    ];

    /// <summary>The SQL type, or null when there is none.</summary>
    /// <param name="type">Without <c>?</c>.</param>
    /// <param name="depth">How many types are around it.</param>
    public static SqlType? Map(ITypeSymbol type, int depth)
    {
        if (depth > MaxDepth)
        {
            return null;
        }

        if (type is IArrayTypeSymbol { IsSZArray: true } array)
        {
            return Field("element", array.ElementType, depth) is { } element ? SqlType.Array(element.Type, element.Nullable) : null;
        }

        if (type is not INamedTypeSymbol named)
        {
            return null;
        }

        if (Dictionaries.Contains(Symbols.NameOf(named)))
        {
            SqlField? key = Field("key", named.TypeArguments[0], depth);
            SqlField? value = Field("value", named.TypeArguments[1], depth);
            return key is { Nullable: false } && value is not null && key.Type.HasEquality && !key.Type.IsNested ? SqlType.Map(key.Type, value.Type, value.Nullable) : null;
        }

        if (named.IsTupleType)
        {
            SqlField?[] fields = named.TupleElements.Select(e => Field(SqlName.ToSnakeCase(e.Name), e.Type, depth)).ToArray();
            return fields.All(f => f is not null) ? SqlType.Row(fields!) : null;
        }

        return Record(named, depth);
    }

    private static SqlType? Record(INamedTypeSymbol type, int depth)
    {
        string space = type.ContainingNamespace?.ToDisplayString() ?? string.Empty;
        bool isSystem = space == "System" || space.StartsWith("System.", System.StringComparison.Ordinal);
        if (isSystem || type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || type.IsAbstract || type.IsGenericType || type.SpecialType != SpecialType.None)
        {
            return null;
        }

        IMethodSymbol? constructor = RowTypeDiscovery.ChooseConstructor(type);
        var fields = new List<SqlField>();
        var shape = new List<ClrShapeField>();
        foreach (ISymbol member in RowTypeDiscovery.ColumnCandidates(type))
        {
            string parameter = RowTypeDiscovery.ParameterFor(constructor, member);
            if (parameter.Length == 0 && !RowTypeDiscovery.IsSettable(member))
            {
                continue;
            }

            if (Field(RowTypeDiscovery.ColumnName(member, type), RowTypeDiscovery.TypeOf(member), depth) is not { } field)
            {
                return null;
            }

            fields.Add(field);
            shape.Add(new ClrShapeField(member.Name, parameter));
        }

        bool isMade = constructor is not null && constructor.Parameters.All(p => p.IsOptional || shape.Any(s => s.Parameter == p.Name));
        return isMade && fields.Count > 0
            ? SqlType.Row(fields) with { Clr = new ClrShape(Symbols.FullName(type.WithNullableAnnotation(NullableAnnotation.None)), new Laminar.Sql.Syntax.SyntaxList<ClrShapeField>(shape)) }
            : null;
    }

    private static SqlField? Field(string name, ITypeSymbol type, int depth) =>
        ClrTypeMap.Map(type, out bool nullable, depth + 1) is { } sql ? new SqlField(name, sql, nullable) : null;
}
