using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using StackExchange.Redis;

namespace Lmtp.Admin.Accounts;

/// <summary>Decides where the keys are that sessions and second factors are encrypted with.</summary>
internal static class SessionKeys
{
    /// <summary>The connection string that leads to Redis; without one the keys are in a folder.</summary>
    public const string RedisName = "redis";

    public static void AddSessionKeys(this WebApplicationBuilder builder, PortalOptions portal)
    {
        var keys = builder.Services.AddDataProtection().SetApplicationName("Lmtp.Admin");
        if (string.IsNullOrEmpty(builder.Configuration.GetConnectionString(RedisName)))
        {
            keys.PersistKeysToFileSystem(
                Directory.CreateDirectory(Path.GetFullPath(portal.KeyDirectory, builder.Environment.ContentRootPath)));
            return;
        }

        // The portal without its keys is of no use, so that here, unlike in the mail server, Redis counts as health.
        builder.AddRedisClient(RedisName);
        builder.Services.AddOptions<KeyManagementOptions>().Configure<IConnectionMultiplexer>(
            static (options, redis) => options.XmlRepository = new RedisKeyRepository(redis));
    }
}
