namespace Lmtp.EmbeddedMongo.Engine;

/// <summary>What becomes of a document.</summary>
internal enum MutationKind
{
    /// <summary>It stays as it is.</summary>
    Keep,

    /// <summary>Another one takes its place.</summary>
    Replace,

    /// <summary>It goes.</summary>
    Delete,
}
