{{ config(materialized='table') }}
SELECT count(*) AS rows FROM {{ ref('slow') }}
