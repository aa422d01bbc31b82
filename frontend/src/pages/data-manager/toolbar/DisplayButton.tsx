import { ActionIcon, Popover, SegmentedControl, Slider, Stack, Switch, Text, Tooltip } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CARD_WIDTHS, type Display, densities } from '../useDisplay'

interface Props {
  display: Display
  isGrid: boolean
  onChange: (part: Partial<Display>) => void
}

/** How dense the table is, and how large the cards are. */
export const DisplayButton = ({ display, isGrid, onChange }: Props) => {
  const { t } = useTranslation()
  return (
    <Popover position="bottom-end" shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <Tooltip label={t('data.display.title')}>
          <ActionIcon aria-label={t('data.display.title')} size={30} variant="default">
            <IconAdjustmentsHorizontal size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('data.display.title')}>
        {isGrid ? (
          <Stack gap={4} w={220}>
            <Text size="xs" fw={600}>
              {t('data.display.cards')}
            </Text>
            <Slider
              min={CARD_WIDTHS.least}
              max={CARD_WIDTHS.most}
              step={20}
              label={null}
              thumbLabel={t('data.display.cards')}
              value={display.cardWidth}
              onChange={(cardWidth) => onChange({ cardWidth })}
            />
          </Stack>
        ) : (
          <Stack gap="sm">
            <div>
              <Text size="xs" fw={600} mb={4}>
                {t('data.display.density')}
              </Text>
              <SegmentedControl
                size="xs"
                aria-label={t('data.display.density')}
                data={densities.map((value) => ({ value, label: t(`data.display.densities.${value}`) }))}
                value={display.density}
                onChange={(density) => onChange({ density })}
              />
            </div>
            <Switch
              size="xs"
              label={t('data.display.wrap')}
              checked={display.wraps}
              onChange={(event) => onChange({ wraps: event.currentTarget.checked })}
            />
          </Stack>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
