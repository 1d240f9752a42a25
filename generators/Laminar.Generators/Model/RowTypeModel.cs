namespace Laminar.Generators.Model;

/// <summary>A user's type whose values are rows: a source, or what a query maps onto.</summary>
/// <param name="Type">The C# type.</param>
/// <param name="Members">The columns in order of declaration, a base type's first.</param>
/// <param name="Ignored">Public members that are no columns.</param>
public sealed record RowTypeModel(TypeModel Type, EquatableArray<RowMember> Members, EquatableArray<IgnoredMember> Ignored)
{
    /// <summary>The member of type <c>RowKind</c>, or empty.</summary>
    public string KindMember { get; init; } = "";

    /// <summary>The constructor parameter that sets it, or empty.</summary>
    public string KindParameter { get; init; } = "";

    /// <summary>See <see cref="RowModel.DefaultedParameters"/>.</summary>
    public EquatableArray<string> DefaultedParameters { get; init; }

    /// <summary>See <see cref="RowModel.DefaultedMembers"/>.</summary>
    public EquatableArray<string> DefaultedMembers { get; init; }

    /// <summary>See <see cref="RowModel.TakenNames"/>.</summary>
    public EquatableArray<string> TakenNames { get; init; }

    /// <summary>True when the type implements <c>IStreamRow</c> without our help, or as a source: nothing is generated into it.</summary>
    public bool IsStreamRow { get; init; }

    /// <summary>Why nothing can be generated into it.</summary>
    public TypeProblem Problem => Type.Problem;

    /// <summary>What the row emitter needs.</summary>
    /// <param name="typeName">As it is to be written; the full name where code stands outside the type.</param>
    /// <param name="schemaName">The SQL name of the source, or the type's.</param>
    public RowModel ToRow(string typeName, string schemaName) => new(typeName, schemaName, Members)
    {
        KindMember = KindMember,
        KindParameter = KindParameter,
        DefaultedParameters = DefaultedParameters,
        DefaultedMembers = DefaultedMembers,
        TakenNames = TakenNames,
    };
}
