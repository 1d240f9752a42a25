namespace Laminar.Generators.Emit;

/// <summary>
/// C# forbids a member called like the type it stands in. What is generated directly into a query class is therefore little: what calling code names, which
/// can't give way (see <see cref="Model.TypeProblem.ReservedName"/>), and one class around all the rest, whose name gives way here.
/// </summary>
public static class NestedNames
{
    /// <summary>The class around everything from the base source's rows to the query's.</summary>
    public const string Pipeline = "Pipeline";

    /// <summary>What the nested type <paramref name="nested"/> is called in the query class <paramref name="queryClrType"/>, given by its simple or full name.</summary>
    public static string In(string queryClrType, string nested) =>
        queryClrType.Substring(queryClrType.LastIndexOf('.') + 1) == nested ? nested + "Part" : nested;
}
