using System.Collections.Generic;
using System.Linq;

namespace Laminar.Sql.Syntax;

/// <summary>The direct children of any node, in the order of the text where the grammar has one. Walkers are written over this.</summary>
public static class SyntaxChildren
{
    public static IEnumerable<SyntaxNode> Of(SyntaxNode node) => node switch
    {
        ExpressionSyntax expression => OfExpression(expression),
        TableSyntax table => OfTable(table),
        StatementSyntax statement => OfStatement(statement),
        QueryBody body => OfBody(body),
        _ => OfPart(node),
    };

    private static IEnumerable<SyntaxNode> Nodes(params SyntaxNode?[] nodes) => nodes.Where(node => node is not null)!;

    private static IEnumerable<SyntaxNode> OfExpression(ExpressionSyntax expression) => expression switch
    {
        TypedLiteralExpression e => Nodes(e.Type),
        ColumnExpression e => Nodes(e.Name),
        StarExpression e => Nodes(e.Qualifier),
        ParenthesizedExpression e => Nodes(e.Inner),
        UnaryExpression e => Nodes(e.Operand),
        BinaryExpression e => Nodes(e.Left, e.Right),
        IsExpression e => Nodes(e.Operand),
        BetweenExpression e => Nodes(e.Operand, e.Low, e.High),
        LikeExpression e => Nodes(e.Operand, e.Pattern, e.Escape),
        InListExpression e => Nodes(e.Operand).Concat(e.Items),
        InQueryExpression e => Nodes(e.Operand, e.Query),
        ExistsExpression e => Nodes(e.Query),
        SubqueryExpression e => Nodes(e.Query),
        CaseExpression e => Nodes(e.Operand).Concat(e.Whens).Concat(Nodes(e.Else)),
        CastExpression e => Nodes(e.Operand, e.Type),
        ExtractExpression e => Nodes(e.Source),
        AtTimeZoneExpression e => Nodes(e.Operand, e.Zone),
        CallExpression e => Nodes(e.Name).Concat(e.Arguments).Concat(e.OrderBy).Concat(Nodes(e.Filter, e.Over)),
        ArrayExpression e => e.Items,
        MapExpression e => e.Items,
        RowExpression e => e.Items,
        SubscriptExpression e => Nodes(e.Operand, e.Index),
        FieldExpression e => Nodes(e.Operand, e.Field),
        _ => Nodes(),
    };

    private static IEnumerable<SyntaxNode> OfTable(TableSyntax table)
    {
        IEnumerable<SyntaxNode> children = table switch
        {
            NamedTable t => Nodes(t.Name, t.AsOf),
            DerivedTable t => Nodes(t.Query),
            WindowTable t => Nodes(t.Function, t.Input, t.TimeColumn).Concat(t.PartitionBy).Concat(t.Arguments),
            UnnestTable t => t.Expressions,
            JoinTable t => Nodes(t.Left, t.Right, t.Match, t.On).Concat(t.Using),
            MatchRecognizeTable t => Nodes(t.Input),
            _ => Nodes(),
        };
        return children.Concat(Nodes(table.Alias)).Concat(table.ColumnAliases);
    }

    private static IEnumerable<SyntaxNode> OfBody(QueryBody body) => body switch
    {
        SelectBody b => b.Items.Concat<SyntaxNode>(b.From).Concat(Nodes(b.Where, b.GroupBy, b.Having)).Concat(b.Windows).Concat(Nodes(b.Qualify)),
        SetBody b => Nodes(b.Left, b.Right),
        ValuesBody b => b.Rows,
        NestedBody b => Nodes(b.Query),
        _ => Nodes(),
    };

    private static IEnumerable<SyntaxNode> OfStatement(StatementSyntax statement) => statement switch
    {
        QueryStatement s => Nodes(s.Query),
        CreateRelationStatement s => Nodes(s.Name).Concat(s.Columns).Concat(s.PrimaryKey).Concat(Nodes(s.Watermark, s.Connector)).Concat(s.Options),
        CreateStreamStatement s => Nodes(s.Name).Concat(s.Options).Concat(Nodes(s.Query)),
        CreateSinkStatement s => Nodes(s.Name).Concat(s.Columns).Concat(Nodes(s.From, s.Where, s.Connector)).Concat(s.Options).Concat(Nodes(s.Query)),
        InsertStatement s => Nodes(s.Target).Concat(s.Columns).Concat(Nodes(s.Query)),
        CreateFunctionStatement s => Nodes(s.Name),
        ExplainStatement s => Nodes(s.Statement),
        DescribeStatement s => Nodes(s.Name),
        DropStatement s => Nodes(s.Name),
        _ => Nodes(),
    };

    private static IEnumerable<SyntaxNode> OfPart(SyntaxNode node) => node switch
    {
        ScriptSyntax n => n.Statements,
        QualifiedName n => n.Parts,
        QuerySyntax n => n.With.Concat(Nodes(n.Body)).Concat(n.OrderBy).Concat(Nodes(n.Limit, n.Offset, n.Emit, n.AllowLateness, n.LateData)).Concat(n.Options),
        CommonTableExpression n => Nodes(n.Name).Concat(n.Columns).Concat(Nodes(n.Query)),
        SelectItem n => Nodes(n.Expression, n.Alias),
        GroupByClause n => n.Elements,
        GroupingElement n => n.Sets.SelectMany(set => set),
        NamedWindow n => Nodes(n.Name, n.Specification),
        WindowSpecification n => Nodes(n.BaseName).Concat(n.PartitionBy).Concat(n.OrderBy).Concat(Nodes(n.Frame)),
        FrameClause n => Nodes(n.Start, n.End),
        FrameBound n => Nodes(n.Offset),
        OrderItem n => Nodes(n.Expression),
        EmitClause n => Nodes(n.Interval),
        AllowLatenessClause n => Nodes(n.Interval),
        LateDataClause n => Nodes(n.Target),
        WhenClause n => Nodes(n.When, n.Then),
        ArgumentSyntax n => Nodes(n.Name, n.Value),
        MatchCondition n => Nodes(n.Condition, n.Tolerance),
        ColumnDefinition n => Nodes(n.Name, n.Type, n.Computed),
        WatermarkClause n => Nodes(n.Column, n.Expression),
        ConnectorClause n => Nodes(n.Connector).Concat(n.Options).Concat(Nodes(n.Format)),
        OptionSyntax n => Nodes(n.Value),
        TypeSyntax n => n.Elements.Concat<SyntaxNode>(n.FieldNames),
        _ => Nodes(),
    };
}
