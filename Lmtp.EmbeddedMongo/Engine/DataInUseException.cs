namespace Lmtp.EmbeddedMongo.Engine;

/// <summary>Another process uses the database.</summary>
/// <param name="directory">The database's folder.</param>
/// <param name="inner">What the system said.</param>
internal sealed class DataInUseException(string directory, Exception inner)
    : IOException($"the folder {directory} is in use by another process", inner);
