namespace Lmtp.AppHost.Data;

/// <summary>Where MongoDB and Redis come from. Setting <c>Lmtp:Data</c>.</summary>
internal enum DataSource
{
    /// <summary>A given connection string, else containers if a runtime answers, else the embedded servers; the first choice is kept.</summary>
    Auto,

    /// <summary>Lmtp.EmbeddedMongo and Garnet, as processes of this machine.</summary>
    Embedded,

    /// <summary>MongoDB and Redis in containers with volumes.</summary>
    Container,

    /// <summary>The connection strings <c>maildb</c> and <c>redis</c>.</summary>
    Connection,
}
