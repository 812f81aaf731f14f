namespace MongoDB.Driver.Core.Configuration;

/// <summary>The schemes of connection strings.</summary>
public enum ConnectionStringScheme
{
    /// <summary><c>mongodb://</c>: the servers by name.</summary>
    MongoDB,
    /// <summary><c>mongodb+srv://</c>: the servers by DNS.</summary>
    MongoDBPlusSrv,
}
