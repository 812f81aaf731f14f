namespace Lmtp.EmbeddedMongo.Engine.Checkpoints;

/// <summary>The names and numbers of the checkpoint's format; FORMAT.md describes it.</summary>
internal static class CheckpointFile
{
    /// <summary>What the file begins with.</summary>
    public const ulong Magic = 0x32305450_4B434D4C;

    /// <summary>How large a block grows before it is written, in bytes.</summary>
    public const int BlockSize = 256 * 1024;

    /// <summary>The largest block that is read, in bytes: one that is larger must be damaged.</summary>
    public const int MaxBlockSize = 64 * 1024 * 1024;

    /// <summary>The checkpoint of a folder.</summary>
    public static string PathOf(string directory) => Path.Combine(directory, "CHECKPOINT");

    /// <summary>The checkpoint while it is being written.</summary>
    public static string TemporaryPathOf(string directory) => Path.Combine(directory, "CHECKPOINT.new");
}
