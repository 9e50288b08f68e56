"""Hand-written feeds."""

from __future__ import annotations

RSS = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Brine School</title><link>https://blog.example/</link><description>Brine</description>
<item>
  <title>What to do with &lt;b&gt;brine&lt;/b&gt; &amp;amp; jars</title>
  <link>https://blog.example/brine?utm_source=rss</link>
  <guid isPermaLink="false">17</guid>
  <pubDate>Fri, 31 Oct 2025 12:00:00 +0200</pubDate>
  <dc:creator>Ilse Example</dc:creator>
  <category>Food Waste</category><category>Pickles</category>
  <description>Short.</description>
  <content:encoded><![CDATA[<p>Keep the <em>brine</em>.</p><script>steal()</script><style>p{}</style>
    <ul><li>Bread</li><li>Rice &amp; beans</li></ul><!-- hidden -->]]></content:encoded>
</item>
<item><title>Second</title><link>https://blog.example/second</link><pubDate>Thu, 30 Oct 2025 12:00:00 GMT</pubDate>
  <author>jane@blog.example (Jane)</author><description>Two &lt;br&gt;lines</description></item>
</channel></rss>"""

ATOM = b"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://blog.example/posts/">
<title>Brine School</title><id>urn:x</id><updated>2025-10-31T10:00:00Z</updated>
<entry><title type="html">Re-use &lt;i&gt;it&lt;/i&gt;</title><link rel="alternate" href="reuse"/><id>urn:1</id>
  <published>2025-10-31T10:00:00Z</published><updated>2025-11-01T10:00:00Z</updated>
  <author><name>Ilse Example</name><email>ilse@blog.example</email></author>
  <category term="pickles" label="Pickles"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Again
  and again</p></div></content></entry>
<entry><title>Salt</title><link href="https://blog.example/posts/salt"/><id>urn:2</id><updated>2025-10-30T10:00:00Z</updated>
  <summary type="text">3 &lt; 5 g</summary></entry>
</feed>"""
