using Laminar.Sql.Catalog;

namespace Laminar.Sql.Scripts;

/// <summary>C# names of what a pipeline declares.</summary>
internal static class ClrNames
{
    /// <summary>Source and stream <c>fast_cars</c> have the row type <c>{containingType}.FastCars</c>; without a containing type they have none.</summary>
    public static string Row(string containingType, string name) => containingType.Length == 0 ? string.Empty : containingType + "." + SqlName.ToPascalCase(name);
}
