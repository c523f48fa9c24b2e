-- One row per place with ten scanned parcels at least, the last 60 days; the last scan of a parcel
-- has no dwell.
select
    city,
    facility,
    count(distinct shipment_key) as parcels,
    median(dwell_hours) as median_dwell_hours,
    sum(
        case
            when
                is_last_scan and scan_code not in ('delivered', 'returned')
                and scanned_date < as_of_date - 3
                then 1
            else 0
        end
    ) as unmoved_parcels
from subject.fct_parcel_scans
cross join subject.dim_as_of_date
where scanned_date between as_of_date - 59 and as_of_date
group by city, facility
having count(distinct shipment_key) >= 10
order by unmoved_parcels desc, median_dwell_hours desc nulls last, city, facility
limit 100
