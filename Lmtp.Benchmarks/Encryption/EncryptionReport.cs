using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Lmtp.Benchmarks.EmbeddedMongo;
using Lmtp.Benchmarks.PortalScale;
using Lmtp.Contracts;
using Lmtp.Server.Storage;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Benchmarks.Encryption;

/// <summary>
/// What it costs to encrypt what is stored, beside storing it plainly: messages come by LMTP to a mail server and a database
/// that are processes of their own, and what is told is the processor time of both.
/// </summary>
internal static class EncryptionReport
{
    private const int SmallMessage = 2 * 1024;
    private const int LargeMessage = 5 * 1024 * 1024;
    private const int WarmUpSmall = 300;
    private const int WarmUpLarge = 5;
    private const int RsaBits = 2048;

    // Over Ed25519 and Curve25519.
    private const string OpenPgpKey = """
        -----BEGIN PGP PUBLIC KEY BLOCK-----

        xjMEawISXxYJKwYBBAHaRw8BAQdAfEBjtxrYiaBUxq6eV1PM+nRUQCnaAK40
        F4vUxWNSwhPNFDxyZWFkZXJAZXhhbXBsZS5vcmc+wsATBBMWCgCFBYJrAhJf
        AwsJBwmQg+RSPt4oeAlFFAAAAAAAHAAgc2FsdEBub3RhdGlvbnMub3BlbnBn
        cGpzLm9yZ+aFE9Vq75JkVmq2SGkm7SZ2Q6583kwRbChXZRPm+O28BRUKCA4M
        BBYAAgECGQECmwMCHgEWIQTKEkpqHVEFmrXSnVKD5FI+3ih4CQAAnpYBAMB2
        jvkl/NAWJkfwu3hx0rYnofFFhQCX2GG4doeJfzjvAP9NmLOE+5cxTc1/AZyy
        pdzfzbaz3H/41heNsRE1NcJQA844BGsCEl8SCisGAQQBl1UBBQEBB0Aivn17
        LoJDIAHaB5Pl8YEy/ed42CDm810fCSl6eHboOAMBCAfCvgQYFgoAcAWCawIS
        XwmQg+RSPt4oeAlFFAAAAAAAHAAgc2FsdEBub3RhdGlvbnMub3BlbnBncGpz
        Lm9yZ5SwgyqWEFWhl4abzP9xJJzouampO/aQ4X8bL9yZMMUeApsMFiEEyhJK
        ah1RBZq10p1Sg+RSPt4oeAkAAEKzAP47a9dxkuOhf7IK3WZBw247T3NDcaLq
        4kJrq0Zp7K51tgD/U+fPwScVi6xCWolNjuzImduPpW670cL+lO9hyd1giw4=
        =AMNx
        -----END PGP PUBLIC KEY BLOCK-----
        """;

    /// <summary>Measures each kind of key with small and with large messages.</summary>
    /// <param name="small">How many small messages.</param>
    /// <param name="large">How many large messages.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task RunAsync(int small, int large, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("encryption");
        try
        {
            await using var mongo = await ServerProcess.StartAsync(folder.FullName, cancellationToken);
            var (connection, address, port) = ($"mongodb://{mongo.EndPoint}", ScaleServer.FreeAddress(), ScaleServer.FreePort());
            await using var server = await ScaleServer.StartAsync(address, connection, port, cancellationToken);
            using var client = new MongoClient(connection);
            using var http = ScaleServer.Client(address);
            await ScaleServer.WaitForIndexesAsync(client, cancellationToken);
            await AddUsersAsync(new LmtpApiClient(http), client, cancellationToken);

            using var sender = await LmtpSender.ConnectAsync(port, cancellationToken);
            foreach (var (name, _) in Kinds())
            {
                await SendAsync(sender, name, SmallMessage, WarmUpSmall, cancellationToken);
                await SendAsync(sender, name, LargeMessage, WarmUpLarge, cancellationToken);
            }

            Console.WriteLine("| message | key | processor, ms a message | beside plain |");
            Console.WriteLine("|---|---|---|---|");
            foreach (var (size, count) in new[] { (SmallMessage, small), (LargeMessage, large) })
            {
                var plain = 0.0;
                foreach (var (name, _) in Kinds())
                {
                    var before = server.ProcessorTime + mongo.ProcessorTime;
                    await SendAsync(sender, name, size, count, cancellationToken);
                    var each = (server.ProcessorTime + mongo.ProcessorTime - before).TotalMilliseconds / count;
                    plain = name == "plain" ? each : plain;
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture, $"| {size >> 10} KiB | {name} | {each:F2} | {each / plain:F2} |"));
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<(string Name, BsonDocument Fields)> Kinds()
    {
        using var rsa = RSA.Create(RsaBits);
        var request = new CertificateRequest("CN=Reader", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var certificates = new BsonArray { certificate.ExportCertificatePem() };
        return
        [
            ("plain", []),
            ("openpgp", new BsonDocument { { "encryptMessages", true }, { "pubKey", OpenPgpKey } }),
            ("smime-cbc", new BsonDocument { { "encryptMessages", true }, { "smimeCerts", certificates }, { "smimeCipher", "AES-CBC" } }),
            ("smime-gcm", new BsonDocument { { "encryptMessages", true }, { "smimeCerts", certificates }, { "smimeCipher", "AES-GCM" } }),
        ];
    }

    private static async Task AddUsersAsync(LmtpApiClient api, MongoClient client, CancellationToken cancellationToken)
    {
        var users = client.GetDatabase(MailDatabase.DefaultDatabaseName).GetCollection<BsonDocument>("users");
        foreach (var (name, fields) in Kinds())
        {
            var user = await api.CreateUserAsync(
                new CreateUserRequest { Username = name, Address = $"{name}@example.test", Password = "correct horse battery staple", Quota = 100L << 30 },
                cancellationToken: cancellationToken);
            if (fields.ElementCount > 0)
            {
                await users.UpdateOneAsync(
                    Builders<BsonDocument>.Filter.Eq("_id", ObjectId.Parse(user.Id)),
                    new BsonDocument("$set", fields),
                    cancellationToken: cancellationToken);
            }
        }
    }

    private static async Task SendAsync(LmtpSender sender, string name, int size, int count, CancellationToken cancellationToken)
    {
        for (var number = 0; number < count; number++)
        {
            await sender.SendAsync($"{name}@example.test", NewMessage(size), cancellationToken);
        }
    }

    // No two have an attachment in common, which would be stored once.
    private static byte[] NewMessage(int size)
    {
        var id = Guid.NewGuid().ToString("N");
        var header = $"From: Author <author@friend.test>\r\nTo: reader@example.test\r\nSubject: {id}\r\nMessage-ID: <{id}@friend.test>\r\n"
            + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=part\r\n\r\n--part\r\nContent-Type: text/plain\r\n\r\nHello.\r\n"
            + "--part\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n";
        var text = Convert.ToBase64String(RandomNumberGenerator.GetBytes(size * 18 / 25), Base64FormattingOptions.InsertLineBreaks);
        return Encoding.ASCII.GetBytes($"{header}{text}\r\n--part--\r\n");
    }
}
