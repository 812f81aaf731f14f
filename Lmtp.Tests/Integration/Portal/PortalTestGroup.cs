using Lmtp.Tests.Integration.Api;

namespace Lmtp.Tests.Integration.Portal;

/// <summary>Shares one mail server between the classes of tests that start portals of their own.</summary>
[CollectionDefinition(Name)]
public sealed class PortalTestGroup : ICollectionFixture<ApiSystem>
{
    public const string Name = "Portal processes";
}
