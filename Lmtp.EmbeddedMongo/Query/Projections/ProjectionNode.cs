using Lmtp.EmbeddedMongo.Query.Expressions;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Projections;

/// <summary>What a projection does with a field.</summary>
internal enum ProjectionKind
{
    /// <summary>It looks at fields of the field.</summary>
    Nested,

    /// <summary>It keeps the field.</summary>
    Include,

    /// <summary>It drops the field.</summary>
    Exclude,

    /// <summary>It makes a new value from an expression.</summary>
    Compute,

    /// <summary>It keeps a part of the field's array.</summary>
    Transform,
}

/// <summary>A field of a projection.</summary>
internal sealed class ProjectionNode
{
    /// <summary>What is done with the field.</summary>
    public ProjectionKind Kind { get; set; }

    /// <summary>Fields of the field, in the order in which they were given.</summary>
    public Dictionary<string, ProjectionNode> Children { get; } = new(StringComparer.Ordinal);

    /// <summary>The expression of a computed field.</summary>
    public Expression? Expression { get; set; }

    /// <summary>Makes the part of an array that is kept; null leaves the field out.</summary>
    public Func<BsonValue, ProjectionContext, BsonValue?>? Transform { get; set; }

    /// <summary>Whether a field below is computed.</summary>
    public bool HasComputed => Children.Values.Any(child => child.Kind == ProjectionKind.Compute || child.HasComputed);
}

/// <summary>What a projection needs beside the document.</summary>
/// <param name="Scope">The document and variables for computed fields.</param>
/// <param name="MatchedIndex">The array index that the filter matched; -1 when none.</param>
internal sealed record ProjectionContext(EvaluationScope Scope, int MatchedIndex);
