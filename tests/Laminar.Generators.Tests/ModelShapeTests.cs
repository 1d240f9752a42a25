using System.Reflection;
using Laminar.Generators.Emit;
using Laminar.Generators.Model;
using Laminar.Sql.Catalog;
using Laminar.Sql.Syntax;
using Laminar.Sql.Types;
using NUnit.Framework;

namespace Laminar.Generators.Tests;

/// <summary>
/// What steps hand on is compared by value and keeps nothing of the compilation alive: only strings, numbers, enums, value arrays, and
/// records of these.
/// </summary>
public sealed class ModelShapeTests
{
    private static readonly Type[] Handed =
    [
        typeof(SourceModel), typeof(RelationModel), typeof(QueryModel), typeof(PipelineModel), typeof(SqlFile), typeof(ReferencesModel),
        typeof(SignatureSet), typeof(QuerySlice), typeof(RowTypeModel), typeof(RowModel), typeof(GeneratedFile), typeof(FunctionModel), typeof(FunctionSet), typeof(AggregateModel),
    ];

    [Test]
    public void ModelsHoldPlainValuesOnly()
    {
        var seen = new HashSet<Type>();
        var wrong = new List<string>();
        foreach (Type type in Handed)
        {
            Visit(type, type.Name, seen, wrong);
        }

        Assert.That(wrong, Is.Empty);
        Assert.That(seen, Does.Contain(typeof(RelationColumn)).And.Contain(typeof(SqlType)).And.Contain(typeof(ConnectorOption)), "the walk reaches the leaves");
    }

    [Test]
    public void EveryModelOfTheFolderIsVisited()
    {
        var seen = new HashSet<Type>();
        foreach (Type type in Handed)
        {
            Visit(type, type.Name, seen, []);
        }

        IEnumerable<Type> models = typeof(SourceModel).Assembly.GetTypes()
            .Where(t => t.Namespace == "Laminar.Generators.Model" && t.IsPublic && !t.IsEnum && t != typeof(EquatableArray<>));
        Assert.That(models.Where(m => !seen.Contains(m)), Is.Empty);
    }

    [Test]
    public void ValueArraysAreComparedByElements()
    {
        var a = new EquatableArray<string>(["x", "y"]);

        Assert.That(a, Is.EqualTo(new EquatableArray<string>(["x", "y"])));
        Assert.That(a.GetHashCode(), Is.EqualTo(new EquatableArray<string>(["x", "y"]).GetHashCode()));
        Assert.That(a == new EquatableArray<string>(["x", "z"]), Is.False);
        Assert.That(a == new EquatableArray<string>(["x"]), Is.False);
        var list = new SyntaxList<string>(["x", "y"]);
        Assert.That(list, Is.EqualTo(new SyntaxList<string>(["x", "y"])).And.Not.EqualTo(new SyntaxList<string>(["x", "z"])));
        Assert.That(default(EquatableArray<string>), Is.EqualTo(new EquatableArray<string>(Array.Empty<string>())));
    }

    private static void Visit(Type type, string path, HashSet<Type> seen, List<string> wrong)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string) || type.IsPrimitive || type.IsEnum || !seen.Add(type))
        {
            return;
        }

        if (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(EquatableArray<>) || type.GetGenericTypeDefinition() == typeof(SyntaxList<>)))
        {
            Visit(type.GetGenericArguments()[0], path + "[]", seen, wrong);
            return;
        }

        bool isRecord = type.IsSealed && type.GetMethod("<Clone>$") is not null && typeof(IEquatable<>).MakeGenericType(type).IsAssignableFrom(type);
        if (!isRecord)
        {
            wrong.Add($"{path}: {type}");
            return;
        }

        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            Visit(field.FieldType, $"{path}.{field.Name}", seen, wrong);
        }
    }
}
