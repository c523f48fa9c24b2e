-- phone_typed, address_typed: as fingers write them.

create or replace macro phone_typed(phone, is_us, n) as
    case
        when is_us then pick(n, 'types', [
            phone, phone[5:7] || '-' || phone[10:17],
            phone[5:7] || '.' || replace(phone[10:17], '-', '.'),
            '+1' || phone[5:7] || phone[10:12] || phone[14:17]
        ])
        else pick(n, 'types', [
            phone, phone, phone, phone[1:3] || ' ' || phone[4:7] || ' ' || phone[8:11],
            phone[1:3] || '-' || phone[4:7] || '-' || phone[8:11], '+86' || phone, '0086 ' || phone,
            translate(phone, '0123456789', '０１２３４５６７８９'), phone[1:3] || '，' || phone[4:11]
        ])
    end;

create or replace macro address_typed(street, n) as
    pick(n, 'address typed', [
        street, street, replace(street, '号', '號'), replace(replace(street, '栋', '幢'), '室', ''),
        replace(street, '号', '号 '), regexp_replace(street, '^.*号', '')
    ]);
