using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Expressions;
using Lmtp.EmbeddedMongo.Query.Projections;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Aggregation;

/// <summary><c>$project</c> and <c>$unset</c>.</summary>
/// <param name="projection">What is kept and computed.</param>
internal sealed class ProjectStage(Projection projection) : Stage
{
    /// <summary>Parses <c>$project</c>.</summary>
    /// <param name="value">The projection document.</param>
    /// <returns>The stage.</returns>
    public static ProjectStage Parse(BsonValue value)
    {
        var document = RequireDocument("$project", value, ErrorCode.Location15969);
        return new ProjectStage(Projection.Parse(document, forFind: false) ?? throw new CommandException(
            ErrorCode.Location51272,
            "Invalid $project :: caused by :: projection specification must have at least one field"));
    }

    /// <summary>Parses <c>$unset</c>.</summary>
    /// <param name="value">A path or several.</param>
    /// <returns>The stage.</returns>
    public static ProjectStage ParseUnset(BsonValue value)
    {
        var paths = value is BsonArray array ? array.ToList() : [value];
        if (paths.Count == 0 || paths.Any(path => path is not BsonString))
        {
            throw new CommandException(
                ErrorCode.Location31002,
                "$unset specification must be a string or an array containing only string values");
        }

        var exclusion = new BsonDocument(paths.Select(path => new BsonElement(path.AsString, 0)));
        return new ProjectStage(Projection.Parse(exclusion, forFind: false)!);
    }

    /// <inheritdoc />
    public override IEnumerable<BsonDocument> Run(IEnumerable<BsonDocument> input, PipelineContext context) =>
        input.Select(document => projection.Apply(document, context.Scope(document)));
}

/// <summary><c>$set</c> and <c>$addFields</c>.</summary>
/// <param name="root">The tree of the new fields.</param>
internal sealed class SetStage(ProjectionNode root) : Stage
{
    /// <summary>Parses the stage.</summary>
    /// <param name="name">Its name, for error texts.</param>
    /// <param name="value">Paths with expressions.</param>
    /// <returns>The stage.</returns>
    public static SetStage Parse(string name, BsonValue value)
    {
        var document = RequireDocument(name, value, ErrorCode.Location40272);
        var root = new ProjectionNode();
        foreach (var field in document)
        {
            Place(name, root, field.Name.Split('.'), field.Value);
        }

        return new SetStage(root);
    }

    /// <inheritdoc />
    public override IEnumerable<BsonDocument> Run(IEnumerable<BsonDocument> input, PipelineContext context) =>
        input.Select(document => Set(document, root, context.Scope(document)));

    private static void Place(string stage, ProjectionNode node, ReadOnlySpan<string> path, BsonValue value)
    {
        if (path[0].Length == 0 || path[0].StartsWith('$'))
        {
            throw new CommandException(
                ErrorCode.Location16410,
                $"Invalid {stage} :: caused by :: FieldPath field names may not start with '$'. Consider using $getField or $setField.");
        }

        var isNew = !node.Children.TryGetValue(path[0], out var child);
        if (isNew)
        {
            child = new ProjectionNode();
            node.Children.Add(path[0], child);
        }

        if (child!.Kind == ProjectionKind.Compute || (!isNew && path.Length == 1))
        {
            throw new CommandException(ErrorCode.Location40176, $"Invalid {stage} :: caused by :: specification contains two conflicting paths");
        }

        if (path.Length > 1)
        {
            Place(stage, child, path[1..], value);
        }
        else if (value is BsonDocument { ElementCount: > 0 } nested && !nested.GetElement(0).Name.StartsWith('$'))
        {
            foreach (var field in nested)
            {
                Place(stage, child, [field.Name], field.Value);
            }
        }
        else
        {
            child.Kind = ProjectionKind.Compute;
            child.Expression = ExpressionParser.Parse(value);
        }
    }

    private static BsonDocument Set(BsonDocument document, ProjectionNode node, EvaluationScope scope)
    {
        var result = new BsonDocument(document.Elements);
        foreach (var (name, child) in node.Children)
        {
            if (child.Kind == ProjectionKind.Nested)
            {
                result.Set(name, SetNested(result.GetValue(name, null), child, scope));
            }
            else if (child.Expression!.Evaluate(scope) is { } value)
            {
                result.Set(name, value);
            }
            else
            {
                result.Remove(name);
            }
        }

        return result;
    }

    private static BsonValue SetNested(BsonValue? value, ProjectionNode node, EvaluationScope scope) => value switch
    {
        BsonDocument document => Set(document, node, scope),
        BsonArray array => new BsonArray(array.Select(item => SetNested(item, node, scope))),
        _ => Set([], node, scope),
    };
}

/// <summary><c>$replaceRoot</c> and <c>$replaceWith</c>.</summary>
/// <param name="newRoot">The expression that gives the new document.</param>
internal sealed class ReplaceRootStage(Expression newRoot) : Stage
{
    /// <summary>Parses <c>$replaceRoot</c>.</summary>
    /// <param name="value">A document with <c>newRoot</c>.</param>
    /// <returns>The stage.</returns>
    public static ReplaceRootStage Parse(BsonValue value)
    {
        var document = RequireDocument("$replaceRoot", value, ErrorCode.Location40229);
        return document.ElementCount == 1 && document.TryGetValue("newRoot", out var root)
            ? new ReplaceRootStage(ExpressionParser.Parse(root))
            : throw new CommandException(ErrorCode.IDLFailedToParse, "BSON field '$replaceRoot.newRoot' is missing but a required field");
    }

    /// <summary>Parses <c>$replaceWith</c>.</summary>
    /// <param name="value">The expression.</param>
    /// <returns>The stage.</returns>
    public static ReplaceRootStage ParseReplaceWith(BsonValue value) => new(ExpressionParser.Parse(value));

    /// <inheritdoc />
    public override IEnumerable<BsonDocument> Run(IEnumerable<BsonDocument> input, PipelineContext context) => input.Select(document =>
    {
        var root = newRoot.Evaluate(context.Scope(document));
        return root as BsonDocument ?? throw new CommandException(
            ErrorCode.Location40228,
            $"'newRoot' expression must evaluate to an object, but resulting value was: {TypeNames.Show(root)}. Type of resulting value: '{TypeNames.Of(root)}'.");
    });
}
