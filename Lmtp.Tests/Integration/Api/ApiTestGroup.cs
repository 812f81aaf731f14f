namespace Lmtp.Tests.Integration.Api;

/// <summary>Shares one <see cref="ApiSystem"/> between the classes of API tests.</summary>
[CollectionDefinition(Name)]
public sealed class ApiTestGroup : ICollectionFixture<ApiSystem>
{
    public const string Name = "HTTP API";
}
