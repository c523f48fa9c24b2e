-- What is left of literal links.

with

links (link, without_query, host) as (

    values
    ('/a?phone=1', '/a', null),
    ('/a#to=b@c.d', '/a', null),
    ('/u/ann%40example.org?x', '/u/ann@example.org', null),
    ('https://Shop.Example.com:443/a?x#y', 'https://Shop.Example.com:443/a', 'shop.example.com'),
    ('https://ann:secret@example.com/a', 'https://ann:secret@example.com/a', 'example.com'),
    ('mailto:ann@example.com', 'mailto:ann@example.com', 'example.com'),
    ('android-app://com.example.app', 'android-app://com.example.app', 'com.example.app'),
    ('example.com', 'example.com', 'example.com'),
    ('?x=1', null, null),
    (null, null, null)

)

select link
from links
where
    {{ url_without_query('link') }} is distinct from without_query
    or {{ url_host('link') }} is distinct from host
