using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Laminar.Generators.Model;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;
using Microsoft.CodeAnalysis;

namespace Laminar.Generators.Discovery;

/// <summary>Reads the columns of a user's row type: public properties, fields and positional parameters.</summary>
public static class RowTypeDiscovery
{
    private static readonly string[] InterfaceMembers = { "Schema", "Read", "Write", "HasWatermark", "EventTimeUnit", "WatermarkOf" };

    public static RowTypeModel Read(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var columns = new List<(RowMember Member, ISymbol Symbol)>();
        var ignored = new List<IgnoredMember>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        IMethodSymbol? constructor = ChooseConstructor(type);
        ISymbol? kind = null;

        foreach (ISymbol symbol in ColumnCandidates(type))
        {
            cancellation.ThrowIfCancellationRequested();
            ITypeSymbol memberType = TypeOf(symbol);
            if (kind is null && Symbols.NameOf(memberType) == AttributeNames.RowKind && (IsSettable(symbol) || ParameterFor(constructor, symbol).Length > 0))
            {
                kind = symbol;
                continue;
            }

            MemberProblem? problem = null;
            SqlType? sqlType = ClrTypeMap.Map(memberType, out bool nullable);
            EnumModel? options = sqlType is null ? EnumDiscovery.Read(memberType) : null;
            sqlType = options is null ? sqlType : SqlType.Varchar;
            string parameter = ParameterFor(constructor, symbol);
            if (parameter.Length == 0 && !IsSettable(symbol))
            {
                problem = MemberProblem.NotSettable;
            }
            else if (sqlType is null)
            {
                problem = MemberProblem.UnsupportedType;
            }
            else if (!names.Add(SqlName.Fold(ColumnName(symbol, type))))
            {
                problem = MemberProblem.DuplicateName;
            }

            if (problem is { } found)
            {
                ignored.Add(new IgnoredMember(symbol.Name, memberType.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), found));
                continue;
            }

            SqlType columnType = ColumnDigits(symbol, type, sqlType!);
            columns.Add((new RowMember(ColumnName(symbol, type), symbol.Name, ClrTypes.Of(columnType, nullable), columnType, nullable) { Parameter = parameter, Enum = options }, symbol));
        }

        return Build(type, constructor, columns, ignored, kind, cancellation);
    }

    /// <summary>An attribute of a member, or of the positional parameter behind it.</summary>
    public static AttributeData? MemberAttribute(ISymbol member, INamedTypeSymbol type, string name)
    {
        if (Symbols.Attribute(member, name) is { } own)
        {
            return own;
        }

        IEnumerable<IParameterSymbol> parameters = type.IsRecord && SymbolEqualityComparer.Default.Equals(member.ContainingType, type)
            ? type.InstanceConstructors.SelectMany(c => c.Parameters)
            : Enumerable.Empty<IParameterSymbol>();
        return parameters.Where(p => p.Name == member.Name).Select(p => Symbols.Attribute(p, name)).FirstOrDefault(a => a is not null);
    }

    /// <summary>Public instance properties and fields, a base type's first; an override counts once.</summary>
    public static IEnumerable<ISymbol> ColumnCandidates(INamedTypeSymbol type)
    {
        var chain = new Stack<INamedTypeSymbol>();
        for (INamedTypeSymbol? current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            chain.Push(current);
        }

        var candidates = new List<ISymbol>();
        foreach (ISymbol member in chain.SelectMany(t => t.GetMembers()))
        {
            bool isColumn = member switch
            {
                IPropertySymbol property => !property.IsIndexer && property.GetMethod is { DeclaredAccessibility: Accessibility.Public },
                IFieldSymbol field => !field.IsConst && !field.IsImplicitlyDeclared,
                _ => false,
            };
            if (isColumn && !member.IsStatic && member.DeclaredAccessibility == Accessibility.Public)
            {
                candidates.RemoveAll(c => c.Name == member.Name);
                candidates.Add(member);
            }
        }

        return candidates;
    }

    private static RowTypeModel Build(
        INamedTypeSymbol type,
        IMethodSymbol? constructor,
        List<(RowMember Member, ISymbol Symbol)> columns,
        List<IgnoredMember> ignored,
        ISymbol? kind,
        CancellationToken cancellation)
    {
        TypeModel model = TypeDiscovery.Read(type, cancellation);
        if (model.Problem == TypeProblem.None)
        {
            model = model with { Problem = RowProblem(type, constructor, columns.Count) };
        }

        string kindParameter = kind is null ? "" : ParameterFor(constructor, kind);
        var used = new HashSet<string>(columns.Select(c => c.Member.Parameter), StringComparer.Ordinal) { kindParameter };
        IEnumerable<string> defaulted = constructor is null
            ? Enumerable.Empty<string>()
            : constructor.Parameters.Where(p => !used.Contains(p.Name) && !p.IsOptional).Select(p => p.Name);
        IEnumerable<string> required = ignored
            .Where(i => ColumnCandidates(type).Any(c => c.Name == i.ClrName && IsRequired(c)))
            .Select(i => i.ClrName);
        IEnumerable<string> taken = InterfaceMembers.Where(name => IsTaken(type, name));

        return new RowTypeModel(model, new EquatableArray<RowMember>(columns.Select(c => c.Member)), new EquatableArray<IgnoredMember>(ignored))
        {
            KindMember = kind?.Name ?? "",
            KindParameter = kindParameter,
            DefaultedParameters = new EquatableArray<string>(defaulted),
            DefaultedMembers = new EquatableArray<string>(required),
            TakenNames = new EquatableArray<string>(taken),
            IsStreamRow = type.AllInterfaces.Any(i => Symbols.NameOf(i) == AttributeNames.StreamRow),
        };
    }

    /// <summary>Whether the type, or a base type (also by what is generated into it), has a member of this name that ours would hide.</summary>
    private static bool IsTaken(INamedTypeSymbol type, string name)
    {
        for (INamedTypeSymbol? current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            bool isSourceBelow = !ReferenceEquals(current, type) && (Symbols.Attribute(current, AttributeNames.StreamSource) ?? Symbols.Attribute(current, AttributeNames.ReferenceTable)) is not null;
            if (isSourceBelow || current.GetMembers(name).Length > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static TypeProblem RowProblem(INamedTypeSymbol type, IMethodSymbol? constructor, int columns)
    {
        if (type.IsAbstract || type.IsStatic || type.IsRefLikeType || type.TypeKind is not (TypeKind.Class or TypeKind.Struct))
        {
            return TypeProblem.NotConstructible;
        }

        if (constructor is null)
        {
            return TypeProblem.NoConstructor;
        }

        return columns == 0 ? TypeProblem.NoColumns : TypeProblem.None;
    }

    /// <summary>The constructor with most parameters whose every parameter is a member; generated code stands inside the type or its assembly.</summary>
    internal static IMethodSymbol? ChooseConstructor(INamedTypeSymbol type)
    {
        List<ISymbol> members = ColumnCandidates(type).ToList();
        return type.InstanceConstructors
            .Where(c => c.DeclaredAccessibility is not (Accessibility.Private or Accessibility.Protected))
            .Where(c => c.Parameters.All(p => p.RefKind == RefKind.None && (p.IsOptional || members.Any(m => Matches(p, m)))))
            .OrderByDescending(c => c.Parameters.Count(p => members.Any(m => Matches(p, m))))
            .FirstOrDefault();
    }

    internal static string ParameterFor(IMethodSymbol? constructor, ISymbol member) =>
        constructor?.Parameters.FirstOrDefault(p => Matches(p, member))?.Name ?? "";

    private static bool Matches(IParameterSymbol parameter, ISymbol member) =>
        string.Equals(parameter.Name, member.Name, StringComparison.OrdinalIgnoreCase)
        && SymbolEqualityComparer.Default.Equals(parameter.Type, TypeOf(member));

    internal static ITypeSymbol TypeOf(ISymbol member) => member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;

    internal static bool IsSettable(ISymbol member) => member switch
    {
        IPropertySymbol property => property.SetMethod is { DeclaredAccessibility: Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal },
        IFieldSymbol field => !field.IsReadOnly,
        _ => false,
    };

    private static bool IsRequired(ISymbol member) => member switch
    {
        IPropertySymbol property => property.IsRequired,
        IFieldSymbol field => field.IsRequired,
        _ => false,
    };

    internal static string ColumnName(ISymbol member, INamedTypeSymbol type)
    {
        AttributeData? column = MemberAttribute(member, type, AttributeNames.Column) ?? MemberAttribute(member, type, AttributeNames.DataAnnotationsColumn);
        return column is not null && Symbols.ConstructorArgument(column, 0) is string { Length: > 0 } name ? name : SqlName.ToSnakeCase(member.Name);
    }

    /// <summary>
    /// What C# states nowhere but in an attribute: DECIMAL(p,s) by <c>[Column(TypeName = "decimal(18,2)")]</c> of DataAnnotations, JSON by
    /// <c>[Column(TypeName = "json")]</c> of theirs or ours.
    /// </summary>
    private static SqlType ColumnDigits(ISymbol member, INamedTypeSymbol type, SqlType mapped)
    {
        if (mapped.Kind == SqlTypeKind.Varchar)
        {
            AttributeData? column = MemberAttribute(member, type, AttributeNames.Column) ?? MemberAttribute(member, type, AttributeNames.DataAnnotationsColumn);
            string? declared = column is null ? null : Symbols.NamedArgument(column, "TypeName") as string;
            return declared?.Trim().ToUpperInvariant() is "JSON" or "JSONB" ? SqlType.Json : mapped;
        }

        if (mapped.Kind != SqlTypeKind.Decimal
            || MemberAttribute(member, type, AttributeNames.DataAnnotationsColumn) is not { } attribute
            || Symbols.NamedArgument(attribute, "TypeName") is not string typeName)
        {
            return mapped;
        }

        int open = typeName.IndexOf('(');
        int close = typeName.IndexOf(')');
        string[] digits = open < 0 || close < open ? Array.Empty<string>() : typeName.Substring(open + 1, close - open - 1).Split(',');
        if (digits.Length is 1 or 2
            && int.TryParse(digits[0].Trim(), out int precision)
            && int.TryParse(digits.Length == 2 ? digits[1].Trim() : "0", out int scale)
            && precision is >= 1 and <= 28
            && scale >= 0
            && scale <= precision)
        {
            return SqlType.Decimal(precision, scale);
        }

        return mapped;
    }
}
