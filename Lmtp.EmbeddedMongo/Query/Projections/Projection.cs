using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Expressions;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Projections;

/// <summary>A parsed projection: which fields of a document a client gets, and which are computed.</summary>
internal sealed class Projection
{
    private readonly ProjectionNode _root;
    private readonly bool _isInclusion;

    private Projection(ProjectionNode root, bool isInclusion)
    {
        _root = root;
        _isInclusion = isInclusion;
        Raw = RawProjection.TryCompile(root, isInclusion);
    }

    /// <summary>The same projection on bytes; null where it does more than keep and drop fields.</summary>
    public RawProjection? Raw { get; }

    /// <summary>Whether the projection is one of fields to keep, all of them given as such.</summary>
    public bool IsInclusion => _isInclusion;

    /// <summary>Parses a projection.</summary>
    /// <param name="specification">The projection document.</param>
    /// <param name="forFind">Whether <c>$slice</c>, <c>$elemMatch</c> and the positional <c>$</c> are understood as <c>find</c> does.</param>
    /// <returns>The projection; null when it changes nothing.</returns>
    /// <exception cref="CommandException">The projection contradicts itself or is misused.</exception>
    public static Projection? Parse(BsonDocument? specification, bool forFind)
    {
        if (specification is null || specification.ElementCount == 0)
        {
            return null;
        }

        var parser = new ProjectionParser(forFind);
        parser.Add(specification, string.Empty);
        return new Projection(parser.Root, parser.IsInclusion);
    }

    /// <summary>Makes the projected document.</summary>
    /// <param name="document">The whole document.</param>
    /// <param name="scope">The document and variables for computed fields.</param>
    /// <param name="matchedIndex">The array index that the filter matched; -1 when none.</param>
    /// <returns>The projected document.</returns>
    public BsonDocument Apply(BsonDocument document, EvaluationScope scope, int matchedIndex = -1)
    {
        var context = new ProjectionContext(scope, matchedIndex);
        return _isInclusion ? Include(document, _root, context) : Exclude(document, _root, context);
    }

    private static BsonDocument Include(BsonDocument document, ProjectionNode node, ProjectionContext context)
    {
        var result = new BsonDocument();
        foreach (var element in document)
        {
            if (node.Children.TryGetValue(element.Name, out var child) && IncludeValue(element.Value, child, context) is { } value)
            {
                result.Add(element.Name, value);
            }
        }

        return AddComputed(result, node, context);
    }

    private static BsonValue? IncludeValue(BsonValue value, ProjectionNode node, ProjectionContext context)
    {
        switch (node.Kind)
        {
            case ProjectionKind.Include:
                return value;
            case ProjectionKind.Exclude or ProjectionKind.Compute:
                return null;
            case ProjectionKind.Transform:
                return node.Transform!(value, context);
        }

        return value switch
        {
            BsonDocument document => Include(document, node, context),
            BsonArray array => new BsonArray(array
                .Select(item => IncludeValue(item, node, context))
                .Where(item => item is not null)),
            _ => node.HasComputed ? AddComputed([], node, context) : null,
        };
    }

    private static BsonDocument Exclude(BsonDocument document, ProjectionNode node, ProjectionContext context)
    {
        var result = new BsonDocument();
        foreach (var element in document)
        {
            var value = node.Children.TryGetValue(element.Name, out var child)
                ? ExcludeValue(element.Value, child, context)
                : element.Value;
            if (value is not null)
            {
                result.Add(element.Name, value);
            }
        }

        return AddComputed(result, node, context);
    }

    private static BsonValue? ExcludeValue(BsonValue value, ProjectionNode node, ProjectionContext context)
    {
        switch (node.Kind)
        {
            case ProjectionKind.Include:
                return value;
            case ProjectionKind.Exclude:
                return null;
            case ProjectionKind.Compute:
                return value;
            case ProjectionKind.Transform:
                return node.Transform!(value, context);
        }

        return value switch
        {
            BsonDocument document => Exclude(document, node, context),
            BsonArray array => new BsonArray(array.Select(item => ExcludeValue(item, node, context)).Where(item => item is not null)),
            _ => value,
        };
    }

    private static BsonDocument AddComputed(BsonDocument result, ProjectionNode node, ProjectionContext context)
    {
        foreach (var (name, child) in node.Children)
        {
            if (child.Kind == ProjectionKind.Compute)
            {
                var value = child.Expression!.Evaluate(context.Scope);
                if (value is not null)
                {
                    result.Set(name, value);
                }
            }
            else if (child.Kind == ProjectionKind.Nested && child.HasComputed && !result.Contains(name))
            {
                result.Set(name, AddComputed([], child, context));
            }
        }

        return result;
    }
}
