namespace Lmtp.EmbeddedMongo.Engine;

/// <summary>What becomes of a document that <see cref="Collection.Modify"/> has shown.</summary>
internal readonly struct Mutation
{
    private Mutation(MutationKind kind, ReadOnlyMemory<byte> document)
    {
        Kind = kind;
        Document = document;
    }

    /// <summary>It stays, because it no longer matches or would not change.</summary>
    public static Mutation Keep => default;

    /// <summary>It is deleted.</summary>
    public static Mutation Delete => new(MutationKind.Delete, default);

    /// <summary>Which of the three.</summary>
    public MutationKind Kind { get; }

    /// <summary>The new document where it is replaced.</summary>
    public ReadOnlyMemory<byte> Document { get; }

    /// <summary>It is replaced.</summary>
    /// <param name="document">The new document, validated BSON with the same <c>_id</c>.</param>
    public static Mutation Replace(ReadOnlyMemory<byte> document) => new(MutationKind.Replace, document);
}
