using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.Protocol.Telemetry;

namespace Lmtp.Server.Protocol.Security;

/// <summary>
/// A listener's certificate. Its files are looked at again when a connection comes, at most once in a few seconds: no
/// watcher that could miss a swapped link, and no restart. A file that cannot be used leaves the old certificate.
/// </summary>
internal sealed class ServerCertificate
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(5);

    private readonly TlsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private SslStreamCertificateContext _context;
    private (DateTime Certificate, DateTime Key) _version;
    private long _checked;

    /// <summary>Reads the certificate.</summary>
    /// <exception cref="CryptographicException">The files hold no usable certificate and key.</exception>
    public ServerCertificate(TlsOptions options, TimeProvider time, ILogger logger)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _checked = time.GetTimestamp();
        _version = VersionOfFiles();
        _context = Load();
    }

    /// <summary>The certificate to show now.</summary>
    public SslStreamCertificateContext Current
    {
        get
        {
            lock (_lock)
            {
                if (_time.GetElapsedTime(_checked) >= CheckInterval)
                {
                    _checked = _time.GetTimestamp();
                    Refresh();
                }

                return _context;
            }
        }
    }

    private void Refresh()
    {
        var version = VersionOfFiles();
        if (version == _version)
        {
            return;
        }

        try
        {
            _context = Load();
            _version = version;
            _logger.CertificateReloaded(_options.CertificatePath, _context.TargetCertificate.NotAfter);
        }
        catch (Exception exception) when (exception is IOException or CryptographicException or UnauthorizedAccessException)
        {
            _logger.CertificateReloadFailed(exception, _options.CertificatePath);
        }
    }

    private SslStreamCertificateContext Load()
    {
        var password = _options.Password.Length > 0 ? _options.Password : null;
        var all = new X509Certificate2Collection();
        X509Certificate2 own;
        if (X509Certificate2.GetCertContentType(_options.CertificatePath) == X509ContentType.Pkcs12)
        {
            all = X509CertificateLoader.LoadPkcs12CollectionFromFile(_options.CertificatePath, password);
            own = all.FirstOrDefault(certificate => certificate.HasPrivateKey)
                ?? throw new CryptographicException($"{_options.CertificatePath} holds no private key.");
        }
        else
        {
            var keyPath = _options.KeyPath.Length > 0 ? _options.KeyPath : _options.CertificatePath;
            own = password is null
                ? X509Certificate2.CreateFromPemFile(_options.CertificatePath, keyPath)
                : X509Certificate2.CreateFromEncryptedPemFile(_options.CertificatePath, password, keyPath);
            all.ImportFromPemFile(_options.CertificatePath);
        }

        return SslStreamCertificateContext.Create(own, all, offline: true);
    }

    /// <summary>Follows links: tools that renew certificates swap those, not the files.</summary>
    private (DateTime Certificate, DateTime Key) VersionOfFiles() => (VersionOf(_options.CertificatePath), VersionOf(_options.KeyPath));

    private static DateTime VersionOf(string path)
    {
        if (path.Length == 0)
        {
            return default;
        }

        try
        {
            return (File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path)).LastWriteTimeUtc;
        }
        catch (IOException)
        {
            return default;
        }
    }
}
