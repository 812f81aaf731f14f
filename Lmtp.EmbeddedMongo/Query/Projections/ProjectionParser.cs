using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Expressions;
using Lmtp.EmbeddedMongo.Query.Filters;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Projections;

/// <summary>Reads a projection document into a tree of fields.</summary>
/// <param name="forFind">Whether array operators are understood as <c>find</c> does.</param>
internal sealed class ProjectionParser(bool forFind)
{
    private bool? _isInclusion;
    private bool? _includesId;
    private bool _hasElementMatch;

    /// <summary>The tree's root.</summary>
    public ProjectionNode Root { get; } = new();

    /// <summary>Whether fields that are not named are left out.</summary>
    public bool IsInclusion => _isInclusion ?? (_hasElementMatch || (_includesId ?? false));

    /// <summary>Adds the fields of a projection document and settles <c>_id</c>.</summary>
    /// <param name="specification">The document.</param>
    /// <param name="prefix">The path that the document stands at; empty at the top.</param>
    public void Add(BsonDocument specification, string prefix)
    {
        foreach (var element in specification)
        {
            AddField(prefix + element.Name, element.Value);
        }

        if (prefix.Length == 0 && IsInclusion && _includesId is null && !Root.Children.ContainsKey("_id"))
        {
            Root.Children.Add("_id", new ProjectionNode { Kind = ProjectionKind.Include });
        }
    }

    private void AddField(string path, BsonValue value)
    {
        if (value is BsonBoolean || Numbers.IsNumber(value))
        {
            AddFlag(path, Expression.IsTrue(value));
        }
        else if (forFind && value is BsonDocument { ElementCount: 1 } operation && operation.GetElement(0).Name is "$slice" or "$elemMatch")
        {
            AddArrayOperator(path, ((BsonDocument)value).GetElement(0));
        }
        else if (value is BsonDocument { ElementCount: > 0 } nested && !nested.GetElement(0).Name.StartsWith('$'))
        {
            Add(nested, path + ".");
        }
        else
        {
            SetMode(path, true);
            Place(path, new ProjectionNode { Kind = ProjectionKind.Compute, Expression = ExpressionParser.Parse(value) });
        }
    }

    private void AddFlag(string path, bool include)
    {
        if (path == "_id")
        {
            _includesId = include;
        }
        else
        {
            SetMode(path, include);
        }

        if (forFind && include && path.EndsWith(".$", StringComparison.Ordinal))
        {
            Place(path[..^2], new ProjectionNode { Kind = ProjectionKind.Transform, Transform = ArrayProjection.Positional });
            return;
        }

        if (path.Split('.').Any(part => part.StartsWith('$')))
        {
            throw new CommandException(ErrorCode.Location16410, "FieldPath field names may not start with '$'. Consider using $getField or $setField.");
        }

        Place(path, new ProjectionNode { Kind = include ? ProjectionKind.Include : ProjectionKind.Exclude });
    }

    private void AddArrayOperator(string path, BsonElement operation)
    {
        if (operation.Name == "$slice")
        {
            Place(path, new ProjectionNode { Kind = ProjectionKind.Transform, Transform = ArrayProjection.Slice(operation.Value) });
            return;
        }

        _hasElementMatch = _isInclusion is not false;
        if (operation.Value is not BsonDocument condition)
        {
            throw new CommandException(ErrorCode.Location31274, $"elemMatch: Invalid argument, object required, but got {TypeNames.Of(operation.Value)}");
        }

        var isOperators = FilterParser.IsOperatorDocument(condition);
        Place(path, new ProjectionNode { Kind = ProjectionKind.Transform, Transform = ArrayProjection.FirstMatch(isOperators, condition) });
    }

    private void SetMode(string path, bool inclusion)
    {
        if (_isInclusion is { } mode && mode != inclusion)
        {
            throw new CommandException(
                inclusion ? ErrorCode.Location31253 : ErrorCode.Location31254,
                inclusion
                    ? $"Cannot do inclusion on field {path} in exclusion projection"
                    : $"Cannot do exclusion on field {path} in inclusion projection");
        }

        _isInclusion = inclusion;
    }

    private void Place(string path, ProjectionNode leaf)
    {
        var parts = path.Split('.');
        if (parts.Any(part => part.Length == 0))
        {
            throw new CommandException(ErrorCode.Location40353, "FieldPath must not end with a '.'.");
        }

        var node = Root;
        for (var i = 0; i < parts.Length - 1; i++)
        {
            if (!node.Children.TryGetValue(parts[i], out var child))
            {
                child = new ProjectionNode();
                node.Children.Add(parts[i], child);
            }

            node = child.Kind == ProjectionKind.Nested
                ? child
                : throw new CommandException(
                    ErrorCode.Location31249,
                    $"Path collision at {path} remaining portion {string.Join('.', parts[(i + 1)..])}");
        }

        if (!node.Children.TryAdd(parts[^1], leaf))
        {
            throw new CommandException(ErrorCode.Location31250, $"Path collision at {path}");
        }
    }
}
